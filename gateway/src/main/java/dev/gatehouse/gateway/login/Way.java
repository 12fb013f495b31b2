package dev.gatehouse.gateway.login;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a client comes to an upstream through a gateway. A gateway on another machine must show a certificate that holds, since it
 * is told the token.
 *
 * @param target the upstream, or upstream and database
 * @param ca who issues the gateway's certificate
 */
record Way(String host, int port, boolean isMySql, String target, String user, Optional<Path> ca) {

    private boolean isHere() {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    private boolean isChecked() {
        return ca.isPresent() || !isHere();
    }

    /** The client's command line; its password comes by the environment. */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (isMySql) {
            command.addAll(List.of("mysql", "--host=" + host, "--port=" + port, "--protocol=tcp"));
            command.add("--user=" + user);
            command.addAll(
                    List.of("--ssl", isChecked() ? "--ssl-verify-server-cert" : "--skip-ssl-verify-server-cert"));
            ca.ifPresent(file -> command.add("--ssl-ca=" + file));
            command.addAll(arguments);
            command.add(target);
        } else {
            command.add("psql");
            command.add(conninfo());
            command.addAll(arguments);
        }
        return command;
    }

    private String conninfo() {
        return "host=" + quoted(host) + " port=" + port + " dbname=" + quoted(target) + " user=" + quoted(user)
                + " sslmode=" + sslMode()
                + ca.map(file -> " sslrootcert=" + quoted(file.toString())).orElse("");
    }

    private String sslMode() {
        return isChecked() ? "verify-full" : "require";
    }

    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./@:-]+")
                ? value
                : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** How to connect, in words that some client understands; without the password. */
    List<String> lines(Connect.Form form) {
        String at = host.indexOf(':') < 0 ? host : "[" + host + "]";
        String mode = isChecked() ? "VERIFY_IDENTITY" : "REQUIRED";
        return switch (form) {
            case URL ->
                List.of(
                        isMySql
                                ? "mysql://" + encoded(user) + "@" + at + ":" + port + "/" + target + "?ssl-mode="
                                        + mode
                                : "postgresql://" + encoded(user) + "@" + at + ":" + port + "/" + encoded(target)
                                        + "?sslmode=" + sslMode());
            case JDBC ->
                List.of(
                        isMySql
                                ? "jdbc:mysql://" + at + ":" + port + "/" + target + "?user=" + encoded(user)
                                        + "&sslMode=" + mode
                                : "jdbc:postgresql://" + at + ":" + port + "/" + encoded(target) + "?user="
                                        + encoded(user) + "&sslmode=" + sslMode() + "&tcpKeepAlive=true");
            case PG_SERVICE -> service();
            case ENV ->
                isMySql
                        ? List.of("MYSQL_HOST=" + host, "MYSQL_TCP_PORT=" + port)
                        : List.of(
                                "PGHOST=" + host,
                                "PGPORT=" + port,
                                "PGDATABASE=" + target,
                                "PGUSER=" + user,
                                "PGSSLMODE=" + sslMode());
        };
    }

    private List<String> service() {
        List<String> lines = new ArrayList<>(
                List.of("[" + target + "]", "host=" + host, "port=" + port, "dbname=" + target, "user=" + user));
        lines.add("sslmode=" + sslMode());
        ca.ifPresent(file -> lines.add("sslrootcert=" + file));
        return lines;
    }
}
