package dev.gatehouse.firewall.statement;

/** The settings of a session that decide how its texts are read. */
public sealed interface Modes {

    /** The dialect they are of. */
    Dialect dialect();

    /**
     * PostgreSQL's.
     *
     * @param standardConformingStrings whether a backslash in {@code '…'} is an ordinary character
     */
    record PostgreSql(boolean standardConformingStrings) implements Modes {

        @Override
        public Dialect dialect() {
            return Dialect.POSTGRESQL;
        }
    }

    /**
     * MySQL's and MariaDB's: the server, which executes some comments and not others, and what of {@code sql_mode} changes
     * how text is read.
     *
     * @param product whose server it is
     * @param version as in executable comments: 80036 for 8.0.36, 101106 for 10.11.6
     * @param ansiQuotes whether {@code "…"} is a name
     * @param noBackslashEscapes whether a backslash in a string is an ordinary character
     * @param pipesAsConcat whether {@code ||} puts texts together
     * @param highNotPrecedence whether NOT binds as {@code !} does
     * @param ignoreSpace whether space may stand between a built-in function's name and its parenthesis
     * @param lowerCaseTableNames 0 where the case of a table's name counts, 1 or 2 where it does not
     */
    record MySql(
            Product product,
            int version,
            boolean ansiQuotes,
            boolean noBackslashEscapes,
            boolean pipesAsConcat,
            boolean highNotPrecedence,
            boolean ignoreSpace,
            int lowerCaseTableNames)
            implements Modes {

        /** Whose server it is. */
        public enum Product {
            MYSQL,
            MARIADB
        }

        @Override
        public Dialect dialect() {
            return Dialect.MYSQL;
        }

        /**
         * The modes a server's own words say.
         *
         * @param version {@code @@version}, or what the handshake says
         * @param sqlMode {@code @@sql_mode}
         * @return {@link Unknown} for a server or a mode that is not known here
         */
        public static Modes of(String version, String sqlMode, int lowerCaseTableNames) {
            return MySqlModes.read(version, sqlMode, lowerCaseTableNames);
        }

        public boolean isMariaDb() {
            return product == Product.MARIADB;
        }
    }

    /** They are not known for certain, and so no text can be read. */
    record Unknown(Dialect dialect) implements Modes {}
}
