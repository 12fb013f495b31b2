<#-- What stands after FROM. -->

/** Tables side by side: an inner join without a condition, each one. */
SqlNode FromList() :
{
    SqlNode from;
    SqlNode other;
    int links = 0;
}
{
    from = TableReference()
    (
        LOOKAHEAD({ at(COMMA) }) <COMMA> { link(++links); }
        other = TableReference()
        { from = MySqlJoins.comma(since(from), from, other); }
    )*
    { return from; }
}

/** Tables joined. A condition may come after several joins: it is then that of the joins before it together. */
SqlNode TableReference() :
{
    SqlNode table;
    final MySqlJoins joins = new MySqlJoins();
    SqlNode condition;
    SqlNodeList columns;
    int links = 0;
}
{
    { enter(); }
    table = TablePrimary() { joins.begin(table); }
    (
        LOOKAHEAD({ atJoin() || atCondition(joins) })
        (
            LOOKAHEAD({ atJoin() })
            { link(++links); }
            JoinWords(joins) table = TablePrimary() { joins.table(table); }
        |
            LOOKAHEAD({ atWord("on") }) AnyToken() condition = Value() { joins.on(condition); }
        |
            LOOKAHEAD({ true }) AnyToken() columns = NameList() { joins.using(columns); }
        )
    )*
    { leave(); return joins.done(this); }
}

void JoinWords(MySqlJoins joins) :
{
    final Token first;
}
{
    { first = getToken(1); }
    (
        LOOKAHEAD({ atWord("natural") })
        AnyToken()
        {
            JoinType type = accept("left") ? JoinType.LEFT : accept("right") ? JoinType.RIGHT : JoinType.INNER;
            if (type == JoinType.INNER) {
                accept("inner");
            } else {
                accept("outer");
            }
            expect("join");
            joins.next(type, true);
        }
    |
        LOOKAHEAD({ atWord("left") || atWord("right") })
        AnyToken()
        {
            joins.next(first.image.equalsIgnoreCase("left") ? JoinType.LEFT : JoinType.RIGHT, false);
            accept("outer");
            expect("join");
        }
    |
        LOOKAHEAD({ atWord("straight_join") || atWord("join") }) AnyToken() { joins.next(JoinType.INNER, false); }
    |
        LOOKAHEAD({ true }) AnyToken() { expect("join"); joins.next(JoinType.INNER, false); }
    )
}

SqlNode TablePrimary() :
{
    SqlNode table;
    final Token first;
}
{
    LOOKAHEAD({ atWord("lateral") && ahead(2).is(LPAREN) })
    first = AnyToken() <LPAREN> table = AnyQuery() <RPAREN>
    { table = Nodes.call(SqlStdOperatorTable.LATERAL, since(first), table); }
    { need(atAlias()); } table = Aliased(table) { return table; }
|
    LOOKAHEAD({ atQueryInParentheses() })
    <LPAREN> table = AnyQuery() <RPAREN> { need(atAlias()); } table = Aliased(table) { return table; }
|
    LOOKAHEAD({ at(LPAREN) }) <LPAREN> table = FromList() <RPAREN> { return table; }
|
    LOOKAHEAD({ at(LBRACE) }) <LBRACE> Name() table = FromList() <RBRACE> { return table; }
|
    LOOKAHEAD({ atWord("json_table") && ahead(2).is(LPAREN) })
    table = JsonTable() { need(atAlias()); } table = Aliased(table) { return table; }
|
    LOOKAHEAD({ true }) table = PlainTable() { return table; }
}

/** A table with its alias and with what says which of its rows are read, and how. */
SqlNode PlainTable() :
{
    SqlNode table;
    final List<SqlNode> names = new ArrayList<SqlNode>();
    final List<SqlNode> times = new ArrayList<SqlNode>();
    SqlNodeList list;
    final Token first;
}
{
    { first = getToken(1); }
    table = TablePath()
    [ LOOKAHEAD({ atWord("partition") && ahead(2).is(LPAREN) }) AnyToken() list = NameList() { names.addAll(list); } ]
    [ LOOKAHEAD({ atWords("for", "system_time") }) SystemTime(times) ]
    table = Aliased(table)
    [ LOOKAHEAD({ atWords("for", "system_time") }) SystemTime(times) ]
    (
        LOOKAHEAD({ atIndexHint(ahead(1)) || at(COMMA) && atIndexHint(ahead(2)) })
        [ LOOKAHEAD({ at(COMMA) }) <COMMA> ] IndexHint(names)
    )*
    { return MySqlForms.narrowed(since(first), table, names, times); }
}

void IndexHint(List<SqlNode> names) :
{
    final Token first;
    SqlNode name;
}
{
    first = AnyToken() AnyToken()
    {
        if (accept("for")) {
            if (accept("order") || accept("group")) {
                expect("by");
            } else {
                expect("join");
            }
        }
    }
    <LPAREN>
    [
        LOOKAHEAD({ !at(RPAREN) || !MySqlForms.is(first, "use") })
        name = IndexName() { names.add(name); }
        ( <COMMA> name = IndexName() { names.add(name); } )*
    ]
    <RPAREN>
}

/* An index, which may be called PRIMARY. */
JAVACODE
SqlIdentifier IndexName() {
    if (!atName() && !atWord("primary")) {
        throw unexpected();
    }
    return Nodes.name(getNextToken());
}

/** MariaDB's {@code FOR SYSTEM_TIME AS OF …}. */
void SystemTime(List<SqlNode> times) :
{
    SqlNode time;
}
{
    AnyToken() AnyToken()
    (
        LOOKAHEAD({ atWord("all") }) AnyToken()
    |
        LOOKAHEAD({ atWord("as") }) AnyToken() { expect("of"); } time = PointInTime() { times.add(time); }
    |
        LOOKAHEAD({ atWord("between") })
        AnyToken() time = PointInTime() { times.add(time); expect("and"); } time = PointInTime() { times.add(time); }
    |
        LOOKAHEAD({ atWord("from") })
        AnyToken() time = PointInTime() { times.add(time); expect("to"); } time = PointInTime() { times.add(time); }
    |
        LOOKAHEAD({ atWord("before") }) AnyToken() time = PointInTime() { times.add(time); }
    )
}

SqlNode PointInTime() :
{
    final SqlNode time;
}
{
    {
        if ((atWord("transaction") || atWord("timestamp")) && !ahead(2).is(QUOTED_STRING) && !ahead(2).is(LPAREN)) {
            getNextToken();
        }
    }
    time = Operation(MySqlPower.BIT_OR) { return time; }
}

/** A table with an alias, and names of columns, where it has them. */
SqlNode Aliased(SqlNode table) :
{
    final List<SqlNode> operands = new ArrayList<SqlNode>();
    SqlIdentifier alias;
    SqlNodeList columns;
}
{
    (
        LOOKAHEAD({ atAlias() })
        { accept("as"); }
        alias = SimpleName() { operands.add(table); operands.add(alias); }
        [ LOOKAHEAD({ at(LPAREN) }) columns = NameList() { operands.addAll(columns); } ]
        { return Nodes.call(SqlStdOperatorTable.AS, since(table), operands); }
    |
        { return table; }
    )
}

/** {@code JSON_TABLE(document, path COLUMNS (…))}. */
SqlNode JsonTable() :
{
    final Token first;
    final SqlNode document;
    final SqlNode path;
    final List<SqlNode> columns = new ArrayList<SqlNode>();
}
{
    first = AnyToken() <LPAREN> document = Value() <COMMA> path = Value()
    JsonColumns(columns) <RPAREN>
    { return MySqlForms.jsonTable(since(first), first, document, path, columns); }
}

void JsonColumns(List<SqlNode> columns) :
{
}
{
    { enter(); expect("columns"); }
    <LPAREN> JsonColumn(columns) ( <COMMA> JsonColumn(columns) )* <RPAREN>
    { leave(); }
}

void JsonColumn(List<SqlNode> columns) :
{
    final SqlIdentifier name;
    SqlDataTypeSpec type;
    SqlNode value;
}
{
    LOOKAHEAD({ atWord("nested") && !ahead(2).isWord(MySqlForms.JSON_TYPES) })
    AnyToken() { accept("path"); } <QUOTED_STRING> JsonColumns(columns)
|
    LOOKAHEAD({ true })
    name = SimpleName()
    (
        LOOKAHEAD({ atWord("for") }) AnyToken()
        { expect("ordinality"); columns.add(Form.COLUMN.node(since(name), name)); }
    |
        LOOKAHEAD({ true })
        type = Type()
        { accept("exists"); expect("path"); columns.add(Form.COLUMN.node(since(name), name, type)); }
        <QUOTED_STRING>
        (
            LOOKAHEAD({ atWord("default") || atWord("null") || atWord("error") })
            (
                LOOKAHEAD({ atWord("default") }) AnyToken() AnyToken()
            |   LOOKAHEAD({ true }) AnyToken()
            )
            { expect("on"); if (!accept("empty")) { expect("error"); } }
        )*
    )
}
