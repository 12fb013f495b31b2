<#-- Statements, WITH before them, and what all productions use. -->

/** A whole statement: a query, or a command that changes rows. */
SqlNode StatementEof() :
{
    final SqlNode statement;
}
{
    statement = Statement() <EOF> { return statement; }
}

SqlNode Statement() :
{
    final Token first;
    SqlNodeList with = null;
    SqlNode statement;
}
{
    { enter(); first = getToken(1); }
    [ LOOKAHEAD({ atWord("with") }) with = With() ]
    (
        LOOKAHEAD({ atWord("insert") || atWord("replace") }) statement = InsertCommand()
    |   LOOKAHEAD({ atWord("update") }) statement = UpdateCommand()
    |   LOOKAHEAD({ atWord("delete") }) statement = DeleteCommand()
    |   LOOKAHEAD({ true }) statement = OrderedQuery()
    )
    { leave(); return with == null ? statement : new SqlWith(since(first), with, statement); }
}

/** A query with all that may stand around it. */
SqlNode AnyQuery() :
{
    final Token first;
    SqlNodeList with = null;
    SqlNode query;
}
{
    { enter(); first = getToken(1); }
    [ LOOKAHEAD({ atWord("with") }) with = With() ]
    query = OrderedQuery()
    { leave(); return with == null ? query : new SqlWith(since(first), with, query); }
}

SqlNodeList With() :
{
    final Token first;
    final boolean recursive;
    final List<SqlNode> items = new ArrayList<SqlNode>();
    SqlNode item;
}
{
    first = AnyToken() { recursive = accept("recursive"); }
    item = WithItem(recursive) { items.add(item); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> item = WithItem(recursive) { items.add(item); } )*
    { return Nodes.list(items, since(first)); }
}

SqlNode WithItem(boolean recursive) :
{
    final SqlIdentifier name;
    SqlNodeList columns = null;
    SqlNode query;
}
{
    name = SimpleName() [ LOOKAHEAD({ at(LPAREN) }) columns = NameList() ] { expect("as"); }
    <LPAREN> query = AnyQuery() <RPAREN>
    [ LOOKAHEAD({ atWord("cycle") }) Cycle() ]
    { return new SqlWithItem(since(name), name, columns, query, SqlLiteral.createBoolean(recursive, since(name))); }
}

/** MariaDB's {@code CYCLE a, b RESTRICT}, which names columns of the query and adds none. */
void Cycle() :
{
}
{
    AnyToken() SimpleName() ( LOOKAHEAD({ at(COMMA) }) <COMMA> SimpleName() )* { expect("restrict"); }
}

SqlNodeList NameList() :
{
    final Token first;
    final List<SqlNode> names = new ArrayList<SqlNode>();
    SqlNode name;
}
{
    first = <LPAREN> name = SimpleName() { names.add(name); }
    ( <COMMA> name = SimpleName() { names.add(name); } )*
    <RPAREN>
    { return Nodes.list(names, since(first)); }
}

JAVACODE
SqlIdentifier SimpleName() {
    return Nodes.name(Name());
}

/* A name that is no reserved word. */
JAVACODE
Token Name() {
    if (!atName()) {
        throw unexpected();
    }
    return getNextToken();
}

/* A table with its database, or .t */
JAVACODE
SqlIdentifier TablePath() {
    boolean bare = at(DOT);
    SqlIdentifier name = Path();
    need(name.names.size() <= (bare ? 1 : 2));
    return name;
}

/* A column with its table and database, or .t.a */
JAVACODE
SqlIdentifier ColumnPath() {
    boolean bare = at(DOT);
    SqlIdentifier name = Path();
    need(bare ? name.names.size() == 2 : name.names.size() <= 3);
    return name;
}

/* A name with the names that qualify it; the first may be left out. */
JAVACODE
SqlIdentifier Path() {
    List<Token> parts = new ArrayList<Token>();
    if (at(DOT)) {
        getNextToken();
    }
    parts.add(Name());
    while (at(DOT) && ahead(2).isName()) {
        getNextToken();
        parts.add(Name());
    }
    return Nodes.name(parts);
}

JAVACODE
Token AnyToken() {
    return getNextToken();
}

/* Takes a mark that has to come next. */
JAVACODE
Token Operator(String mark) {
    if (!atOperator(mark)) {
        throw unexpected();
    }
    return getNextToken();
}
