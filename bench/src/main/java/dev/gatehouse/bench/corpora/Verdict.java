package dev.gatehouse.bench.corpora;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What PostgreSQL's own grammar says of a text.
 *
 * @param node the first statement's node
 * @param statements how many there are
 * @param tables the relations named, as {@code schema.table}
 */
record Verdict(String node, int statements, Set<String> tables) {

    /** Which kinds of ours a node may be called; a node that is not listed may be called anything but these. */
    private static final Map<String, Set<String>> KINDS = Map.ofEntries(
            Map.entry("SelectStmt", Set.of("select")),
            Map.entry("InsertStmt", Set.of("insert")),
            Map.entry("UpdateStmt", Set.of("update")),
            Map.entry("DeleteStmt", Set.of("delete")),
            Map.entry("MergeStmt", Set.of("merge")),
            Map.entry("ExplainStmt", Set.of("explain")),
            Map.entry("CopyStmt", Set.of("copy_in", "copy_out", "copy_file", "copy_program")),
            Map.entry("PrepareStmt", Set.of("prepare")),
            Map.entry("ExecuteStmt", Set.of("execute")),
            Map.entry("DeallocateStmt", Set.of("deallocate")),
            Map.entry("DeclareCursorStmt", Set.of("declare")),
            Map.entry("FetchStmt", Set.of("fetch", "move")),
            Map.entry("ClosePortalStmt", Set.of("close")),
            Map.entry("LockStmt", Set.of("lock")),
            Map.entry("CallStmt", Set.of("call")),
            Map.entry("DoStmt", Set.of("do")),
            Map.entry("TruncateStmt", Set.of("truncate")),
            Map.entry("VacuumStmt", Set.of("vacuum", "analyze")),
            Map.entry("VariableShowStmt", Set.of("show")),
            Map.entry("VariableSetStmt", Set.of("set", "reset")),
            Map.entry("ConstraintsSetStmt", Set.of("set")),
            Map.entry("GrantStmt", Set.of("grant", "revoke")),
            Map.entry("GrantRoleStmt", Set.of("grant", "revoke")),
            Map.entry("DropStmt", Set.of("drop")),
            Map.entry("CommentStmt", Set.of("comment")),
            Map.entry("RenameStmt", Set.of("alter", "rename")),
            Map.entry("AlterTableStmt", Set.of("alter", "rename")),
            Map.entry("CreateStmt", Set.of("create")),
            Map.entry("CreateTableAsStmt", Set.of("create")),
            Map.entry("ViewStmt", Set.of("create")),
            Map.entry("IndexStmt", Set.of("create")),
            Map.entry("TransactionStmt", Set.of("begin", "commit", "rollback", "savepoint")));

    static Verdict of(JsonNode statements) {
        Set<String> tables = new TreeSet<>();
        statements.forEach(statement -> tables.addAll(Reply.names(statement.path("tables"))));
        return new Verdict(statements.path(0).path("node").asText(""), statements.size(), tables);
    }

    /** Whether this node may be called so. */
    boolean isCalled(String kind) {
        return KINDS.containsKey(node)
                ? KINDS.get(node).contains(kind)
                : KINDS.values().stream().noneMatch(kinds -> kinds.contains(kind))
                        || Set.of("create", "alter", "rename", "drop").contains(kind);
    }
}
