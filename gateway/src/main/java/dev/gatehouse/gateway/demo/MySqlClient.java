package dev.gatehouse.gateway.demo;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command line client of MySQL's or MariaDB's.
 *
 * @param port where the gateway listens
 */
record MySqlClient(Program program, int port) implements Client {

    /** The client this machine has; the usual one, where it has none. */
    static MySqlClient find(int port) {
        Program usual = new Program("mysql");
        Program other = new Program("mariadb");
        return new MySqlClient(!usual.isInstalled() && other.isInstalled() ? other : usual, port);
    }

    boolean isInstalled() {
        return program.isInstalled();
    }

    @Override
    public String typed(String user, String sql) {
        String options = Stream.concat(login(user), telling(sql)).collect(Collectors.joining(" "));
        return program.name() + ' ' + options + " -e \"" + sql + '"';
    }

    @Override
    public Seen run(String user, String sql) {
        Stream<String> asAtATerminal = Stream.of("--no-defaults", "--table");
        Stream<String> options = Stream.concat(asAtATerminal, Stream.concat(login(user), telling(sql)));
        return program.run(Stream.concat(options, Stream.of("-e", sql)).toArray(String[]::new));
    }

    private Stream<String> login(String user) {
        return Stream.of("-h127.0.0.1", "-P" + port, "-u" + user, "-p" + DemoHome.PASSWORD, Shop.DATABASE);
    }

    /** The client says how many rows a statement has changed only when it is asked to. */
    private static Stream<String> telling(String sql) {
        return sql.startsWith("UPDATE") ? Stream.of("-vv") : Stream.empty();
    }
}
