package dev.gatehouse.gateway.demo;

/**
 * The {@code psql} of this machine.
 *
 * @param port where the gateway listens
 */
record PsqlClient(int port) implements Client {

    private static final Program PSQL = new Program("psql");

    static boolean isInstalled() {
        return PSQL.isInstalled();
    }

    @Override
    public String typed(String user, String sql) {
        return "psql \"" + conninfo(user) + "\" -c \"" + sql + '"';
    }

    @Override
    public Seen run(String user, String sql) {
        return PSQL.run("-X", conninfo(user), "-c", sql);
    }

    private String conninfo(String user) {
        return "host=127.0.0.1 port=" + port + " dbname=" + Shop.DATABASE + " user=" + user + " password="
                + DemoHome.PASSWORD;
    }
}
