<#-- Windows of window functions, and their frames. -->

SqlNodeList Windows() :
{
    final Token first;
    final List<SqlNode> windows = new ArrayList<SqlNode>();
    SqlNode window;
}
{
    first = <WINDOW>
    window = NamedWindow() { windows.add(window); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> window = NamedWindow() { windows.add(window); } )*
    { return Nodes.list(windows, since(first)); }
}

SqlNode NamedWindow() :
{
    final SqlIdentifier name;
    final SqlNode window;
}
{
    name = SimpleName() <AS> window = WindowDefinition(name) { return window; }
}

SqlNode WindowDefinition(SqlIdentifier name) :
{
    final Token first;
    SqlIdentifier reference = null;
    SqlNodeList partition;
    SqlNodeList order;
    final PgFrame frame = new PgFrame();
}
{
    first = <LPAREN> { partition = new SqlNodeList(since(first)); order = new SqlNodeList(since(first)); }
    [
        LOOKAHEAD({ atName() && !atWords("partition", "by") && !at(RANGE) && !at(ROWS) && !at(GROUPS) })
        reference = SimpleName()
    ]
    [ LOOKAHEAD({ at(PARTITION) }) <PARTITION> <BY> partition = Values() ]
    [ order = OrderClause() ]
    [ LOOKAHEAD({ at(RANGE) || at(ROWS) || at(GROUPS) }) WindowFrame(frame) ]
    <RPAREN>
    { return frame.window(name, reference, partition, order, since(first)); }
}

void WindowFrame(PgFrame frame) :
{
    SqlNode bound;
}
{
    ( <RANGE> | <ROWS> { frame.rows(); } | <GROUPS> )
    (
        <BETWEEN> bound = FrameBound() { frame.lower(bound); }
        <AND> bound = FrameBound() { frame.upper(bound); }
    |
        bound = FrameBound() { frame.lower(bound); }
    )
    [
        <EXCLUDE>
        (
            <CURRENT> <ROW> { frame.exclude(SqlWindow.createExcludeCurrentRow(here())); }
        |   <GROUP> { frame.exclude(SqlWindow.createExcludeGroup(here())); }
        |   <TIES> { frame.exclude(SqlWindow.createExcludeTies(here())); }
        |   <NO> <OTHERS> { frame.exclude(SqlWindow.createExcludeNoOthers(here())); }
        )
    ]
}

SqlNode FrameBound() :
{
    final SqlNode distance;
}
{
    LOOKAHEAD({ atWords("unbounded", "preceding") })
    <UNBOUNDED> <PRECEDING> { return SqlWindow.createUnboundedPreceding(here()); }
|
    LOOKAHEAD({ atWords("unbounded", "following") })
    <UNBOUNDED> <FOLLOWING> { return SqlWindow.createUnboundedFollowing(here()); }
|
    LOOKAHEAD({ atWords("current", "row") }) <CURRENT> <ROW> { return SqlWindow.createCurrentRow(here()); }
|
    distance = Value()
    (
        <PRECEDING> { return SqlWindow.createPreceding(distance, since(distance)); }
    |   <FOLLOWING> { return SqlWindow.createFollowing(distance, since(distance)); }
    )
}
