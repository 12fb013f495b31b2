package dev.gatehouse.bench.capture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench capture}: writes down whatever goes through a port until Enter is pressed. */
@Command(name = "capture", description = "Records PostgreSQL connections made through a port as .wire files.")
public final class CaptureMain implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "0", description = "Port on loopback; 0 takes a free one.")
    private int port;

    @Option(names = "--server-host", defaultValue = "127.0.0.1", description = "The server.")
    private String serverHost = "127.0.0.1";

    @Option(names = "--server-port", defaultValue = "5432", description = "The server's port.")
    private int serverPort;

    @Option(
            names = "--out",
            required = true,
            description = "File for the first connection; later ones get -2, -3, … before the suffix.")
    private Path out = Path.of("capture.wire");

    @Option(names = "--title", defaultValue = "a recorded session", description = "First comment line.")
    private String title = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Tee tee = Tee.start(port, new InetSocketAddress(serverHost, serverPort))) {
            System.out.println("listening " + tee.port() + "; end the sessions, then press Enter");
            System.in.read();
            int number = 1;
            for (List<String> lines : tee.transcripts()) {
                String suffix = number == 1 ? "" : "-" + number;
                Path file =
                        out.resolveSibling(out.getFileName().toString().replaceFirst("(\\.wire)?$", suffix + ".wire"));
                write(file, List.of(title), lines);
                System.out.println(file + ": " + lines.size() + " messages");
                number++;
            }
        }
        return 0;
    }

    /** Writes one connection's file. */
    static void write(Path file, List<String> comments, List<String> lines) throws IOException {
        List<String> all = new ArrayList<>();
        comments.forEach(comment -> all.add("# " + comment));
        all.addAll(lines);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, all);
    }
}
