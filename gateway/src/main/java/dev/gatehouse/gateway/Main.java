package dev.gatehouse.gateway;

import dev.gatehouse.gateway.analyze.Analyze;
import dev.gatehouse.gateway.command.Gatehouse;
import dev.gatehouse.gateway.command.Parts;
import dev.gatehouse.gateway.command.Places;
import dev.gatehouse.gateway.demo.Demo;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The program's entry. */
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with its exit status. */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Places places = new Places(environment, Path.of(""));
        Parts parts = new Product(environment);
        // Not System.out: it hides that nobody reads any more.
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        Analyze analyze = new Analyze(System.in, out, environment.containsKey("GATEHOUSE_COLUMNS"));
        CommandLine line = Gatehouse.line(parts, places, environment, List.of(new Demo(parts, places), analyze));
        line.setOut(new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true));
        line.setErr(new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true));
        System.exit(line.execute(arguments));
    }
}
