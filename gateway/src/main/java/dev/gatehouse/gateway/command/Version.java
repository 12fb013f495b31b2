package dev.gatehouse.gateway.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse version}: which build this is. */
@Command(name = "version", description = "Print the version.")
public final class Version implements Callable<Integer>, IVersionProvider {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The program's version; {@code development} when it does not run from a packaged jar. */
    public static String text() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"gatehouse " + text()};
    }

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .println("gatehouse " + text() + "  (Java " + Runtime.version() + ", " + System.getProperty("os.arch")
                        + ")");
        return ExitCode.DONE.status();
    }
}
