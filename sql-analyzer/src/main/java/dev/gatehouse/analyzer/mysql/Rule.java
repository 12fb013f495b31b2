package dev.gatehouse.analyzer.mysql;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.firewall.statement.Modes;
import java.util.List;
import java.util.Set;

/** What the servers' parsers ask of a piece of a command besides its syntax. What breaks one, they refuse as they do bad syntax. */
enum Rule {
    /** As many partitions, and subpartitions in each, as is said, and values for as many columns as there are. */
    PARTITIONS {
        @Override
        boolean holds(List<Token> tokens, Modes.MySql modes) {
            return Partitioning.of(tokens).isSound();
        }
    },
    /** Nothing that is another value each time. */
    REPEATABLE {
        @Override
        boolean holds(List<Token> tokens, Modes.MySql modes) {
            return tokens.stream()
                    .noneMatch(token -> token.sort() == Sort.VARIABLE
                            || (token.sort() == Sort.WORD && CHANGING.contains(token.text())));
        }
    },
    /** A column is said to be compressed once. */
    COMPRESSED_ONCE {
        @Override
        boolean holds(List<Token> tokens, Modes.MySql modes) {
            return tokens.stream().filter(token -> token.isWord("compressed")).count() < 2;
        }
    },
    /** A part of a distributed transaction's name, which is no longer than it may be. */
    TRANSACTION_NAME {
        @Override
        boolean holds(List<Token> tokens, Modes.MySql modes) {
            return tokens.stream().mapToInt(Rule::length).sum() <= LONGEST_NAME;
        }
    },
    /** The number of a distributed transaction's format, which is no larger than it may be. */
    TRANSACTION_FORMAT {
        @Override
        boolean holds(List<Token> tokens, Modes.MySql modes) {
            return tokens.stream().allMatch(Rule::isSmall);
        }
    },
    /** The name of one of MySQL's dynamic privileges, which all have an underscore in them. */
    DYNAMIC {
        @Override
        boolean holds(List<Token> tokens, Modes.MySql modes) {
            return tokens.stream().allMatch(token -> token.text().contains("_"));
        }
    },
    /** A whole number. */
    WHOLE {
        @Override
        boolean holds(List<Token> tokens, Modes.MySql modes) {
            return tokens.stream().allMatch(Rule::isWhole);
        }
    };

    /** Functions and words that partitions cannot be told by. */
    private static final Set<String> CHANGING =
            Set.of(("benchmark connection_id curdate current_date current_role current_time "
                            + "current_timestamp current_user curtime encrypt found_rows get_lock is_free_lock is_used_lock "
                            + "last_insert_id load_file localtime localtimestamp master_gtid_wait master_pos_wait now rand "
                            + "random_bytes release_all_locks release_lock row_count session_user sleep sysdate system_user "
                            + "utc_date utc_time utc_timestamp uuid uuid_short")
                    .split(" "));

    private static final int LONGEST_NAME = 64;
    private static final int MOST_DIGITS = 10;
    private static final long LARGEST_FORMAT = Integer.MAX_VALUE;

    private static boolean isWhole(Token token) {
        return token.text().matches("[0-9]+|0x[0-9a-fA-F]+");
    }

    private static int length(Token token) {
        return token.sort() == Sort.STRING
                ? token.text().length()
                : (token.text().length() - 1) / 2;
    }

    private static boolean isSmall(Token token) {
        String digits = token.text().replaceFirst("^0+(?=[0-9])", "");
        return isWhole(token) && digits.length() <= MOST_DIGITS && Long.decode(digits) <= LARGEST_FORMAT;
    }

    /** Whether it holds of what stands somewhere. */
    abstract boolean holds(List<Token> tokens, Modes.MySql modes);
}
