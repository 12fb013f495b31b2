<#-- Statements, and WITH before them. -->

/** A whole statement: a query, or a command that changes rows. */
SqlNode StatementEof() :
{
    final SqlNode statement;
}
{
    statement = Statement() <EOF> { return statement; }
}

/** A statement with its WITH: {@code PreparableStmt}. */
SqlNode Statement() :
{
    final Token first;
    SqlNodeList with = null;
    SqlNode statement;
}
{
    { enter(); first = getToken(1); }
    [ with = With() ]
    ( LOOKAHEAD({ atWrite() }) statement = Write() | statement = OrderedQuery() )
    { leave(); return with == null ? statement : new SqlWith(since(first), with, statement); }
}

SqlNodeList With() :
{
    final Token first;
    boolean recursive = false;
    final List<SqlNode> items = new ArrayList<SqlNode>();
    SqlNode item;
}
{
    first = <WITH> [ LOOKAHEAD({ at(RECURSIVE) && !ahead(2).is(AS) && !ahead(2).is(LPAREN) }) <RECURSIVE> { recursive = true; } ]
    item = WithItem(recursive) { items.add(item); }
    ( <COMMA> item = WithItem(recursive) { items.add(item); } )*
    { return Nodes.list(items, since(first)); }
}

SqlNode WithItem(boolean recursive) :
{
    final SqlIdentifier name;
    SqlNodeList columns = null;
    SqlNode query;
}
{
    name = SimpleName() [ columns = NameList() ]
    <AS> [ <NOT> <MATERIALIZED> | <MATERIALIZED> ]
    <LPAREN> query = Statement() <RPAREN>
    [ LOOKAHEAD({ atWord("search") }) query = Search(query) ]
    [ LOOKAHEAD({ atWord("cycle") }) query = Cycle(query) ]
    { return new SqlWithItem(since(name), name, columns, query, SqlLiteral.createBoolean(recursive, since(name))); }
}

SqlNode Search(SqlNode query) :
{
    final SqlNodeList columns;
    final SqlIdentifier sequence;
}
{
    AnyToken() ( <DEPTH> | <BREADTH> ) <FIRST> <BY> columns = BareNames() <SET> sequence = SimpleName()
    { return Form.SEARCH.node(since(query), query, columns, sequence); }
}

SqlNode Cycle(SqlNode query) :
{
    final SqlNodeList columns;
    final SqlIdentifier mark;
    SqlNode value = null;
    SqlNode otherwise = null;
    final SqlIdentifier path;
}
{
    AnyToken() columns = BareNames() <SET> mark = SimpleName()
    [ <TO> value = Primary() <DEFAULT_> otherwise = Primary() ]
    <USING> path = SimpleName()
    { return Form.CYCLE.node(since(query), query, columns, mark, path, value, otherwise); }
}

SqlNodeList BareNames() :
{
    final List<SqlNode> names = new ArrayList<SqlNode>();
    final Token first;
    SqlIdentifier name;
}
{
    { first = getToken(1); }
    name = SimpleName() { names.add(name); }
    ( <COMMA> name = SimpleName() { names.add(name); } )*
    { return Nodes.list(names, since(first)); }
}
