<#-- Calls of functions and aggregates. -->

SqlNode Call() :
{
    SqlNode call;
}
{
    call = PlainCall() call = CallTail(call) { return call; }
}

/** What may stand after a call: WITHIN GROUP, FILTER, OVER. */
SqlNode CallTail(SqlNode call) :
{
    SqlNode result = call;
    SqlNode part;
    SqlNodeList order;
}
{
    [
        LOOKAHEAD({ atWords("within", "group") }) <WITHIN> <GROUP> <LPAREN> order = OrderClause() <RPAREN>
        { result = Nodes.call(SqlStdOperatorTable.WITHIN_GROUP, since(call), result, order); }
    ]
    [
        LOOKAHEAD({ at(FILTER, LPAREN) }) <FILTER> <LPAREN> <WHERE> part = Value() <RPAREN>
        { result = Nodes.call(SqlStdOperatorTable.FILTER, since(call), result, part); }
    ]
    [
        LOOKAHEAD({ at(OVER) && (ahead(2).is(LPAREN) || ahead(2).isName()) })
        <OVER> ( LOOKAHEAD({ at(LPAREN) }) part = WindowDefinition(null) | part = SimpleName() )
        { result = Nodes.call(SqlStdOperatorTable.OVER, since(call), result, part); }
    ]
    { return result; }
}

SqlNode PlainCall() :
{
    final SqlIdentifier name;
    final List<SqlNode> arguments = new ArrayList<SqlNode>();
    SqlNode argument;
    boolean distinct = false;
    SqlNodeList order = null;
    SqlNode call;
}
{
    name = RoutineName()
    <LPAREN>
    (
        LOOKAHEAD({ at(RPAREN) }) { }
    |
        LOOKAHEAD({ at(STAR, RPAREN) }) <STAR> { arguments.add(SqlIdentifier.star(here())); }
    |
        [ <ALL> | <DISTINCT> { distinct = true; } ]
        argument = Argument() { arguments.add(argument); }
        ( LOOKAHEAD({ at(COMMA) }) <COMMA> argument = Argument() { arguments.add(argument); } )*
        [ order = OrderClause() ]
    )
    <RPAREN>
    {
        call = Nodes.function(name, since(name), distinct, arguments);
        return order == null ? call : Form.ORDERED.node(since(name), call, order);
    }
}

JAVACODE
SqlIdentifier RoutineName() {
    if (!(ahead(2).is(DOT) ? ahead(1).isName() : ahead(1).isRoutineName())) {
        throw unexpected();
    }
    List<Token> parts = new ArrayList<Token>();
    parts.add(getNextToken());
    while (at(DOT)) {
        getNextToken();
        parts.add(Label());
    }
    return Nodes.name(parts);
}

/** An argument: a value, maybe with a name, or an array of the rest of them. */
SqlNode Argument() :
{
    final Token first;
    final SqlNode value;
}
{
    first = <VARIADIC> value = SingleArgument() { return Form.VARIADIC.node(since(first), value); }
|
    value = SingleArgument() { return value; }
}

SqlNode SingleArgument() :
{
    final Token first;
    final SqlNode value;
}
{
    LOOKAHEAD({ atNamedArgument() })
    first = ArgumentName() ( <NAMED_ARGUMENT_ASSIGNMENT> | <COLON_EQUALS> ) value = Value()
    { return Nodes.call(SqlStdOperatorTable.ARGUMENT_ASSIGNMENT, since(first), value, Nodes.name(first)); }
|
    value = Value() { return value; }
}

JAVACODE
Token ArgumentName() {
    if (!ahead(1).isRoutineName()) {
        throw unexpected();
    }
    return getNextToken();
}
