package dev.gatehouse.gateway;

import dev.gatehouse.gateway.analyze.Analyze;
import dev.gatehouse.gateway.command.Gatehouse;
import dev.gatehouse.gateway.command.Parts;
import dev.gatehouse.gateway.command.Places;
import dev.gatehouse.gateway.demo.Demo;
import dev.gatehouse.gateway.login.Connect;
import dev.gatehouse.gateway.login.Login;
import dev.gatehouse.gateway.login.Logout;
import dev.gatehouse.gateway.login.Token;
import dev.gatehouse.gateway.login.Whoami;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
        List<Callable<Integer>> others = List.of(
                new Demo(parts, places),
                analyze,
                new Login(places, environment),
                new Logout(environment),
                new Whoami(environment),
                new Token(environment),
                new Connect(places, environment));
        CommandLine line = Gatehouse.line(parts, places, environment, others);
        line.setOut(new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true));
        line.setErr(new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true));
        System.exit(line.execute(arguments));
    }
}
