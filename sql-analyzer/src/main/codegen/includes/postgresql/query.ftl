<#-- Queries. -->

/** A query with all that may stand around it: {@code select_no_parens}. */
SqlNode AnyQuery() :
{
    final Token first;
    SqlNodeList with = null;
    SqlNode query;
}
{
    { enter(); first = getToken(1); }
    [ with = With() ]
    query = OrderedQuery()
    { leave(); return with == null ? query : new SqlWith(since(first), with, query); }
}

/** A query with its order, its bounds and its locks. */
SqlNode OrderedQuery() :
{
    SqlNode query;
    SqlNodeList order = null;
    SqlNode offset = null;
    SqlNode fetch = null;
    SqlNode lock;
    boolean limited = false;
    final List<SqlNode> locks = new ArrayList<SqlNode>();
}
{
    query = Combination()
    [ LOOKAHEAD({ at(ORDER) }) order = OrderClause() ]
    (
        LOOKAHEAD({ atBound() })
        (
            <LIMIT> { once(limited); limited = true; } ( <ALL> | fetch = Value() )
        |
            <OFFSET> { once(offset != null); } offset = Value() [ <ROW> | <ROWS> ]
        |
            <FETCH> { once(limited); limited = true; } fetch = FetchFirst()
        |
            lock = Lock() { if (lock != null) { locks.add(lock); } }
        )
    )*
    {
        if (order != null || offset != null || limited) {
            query = new SqlOrderBy(since(query), query, order == null ? SqlNodeList.EMPTY : order, offset, fetch);
        }
        if (!locks.isEmpty()) {
            query = Form.LOCKING.node(since(query), query, Nodes.list(locks, since(query)));
        }
        return query;
    }
}

SqlNode FetchFirst() :
{
    SqlNode count = null;
    final Token first;
}
{
    { first = getToken(0); }
    ( <FIRST> | <NEXT> )
    [ LOOKAHEAD({ !at(ROW) && !at(ROWS) || at(ROW, LPAREN) }) count = FetchCount() ]
    ( <ROW> | <ROWS> )
    ( <ONLY> | <WITH> <TIES> )
    { return count == null ? SqlLiteral.createExactNumeric("1", since(first)) : count; }
}

SqlNode FetchCount() :
{
    final SqlNode count;
    final Token sign;
}
{
    sign = <MINUS> count = FetchCount()
    { return Nodes.call(SqlStdOperatorTable.UNARY_MINUS, since(sign), count); }
|
    <PLUS> count = FetchCount() { return count; }
|
    count = Primary() { return count; }
}

/** {@code FOR UPDATE OF t NOWAIT}; null for FOR READ ONLY. */
SqlNode Lock() :
{
    final Token first;
    String strength;
    String waits = "";
    final SqlParserPos position;
    final List<SqlNode> tables = new ArrayList<SqlNode>();
    SqlNode table;
}
{
    first = <FOR>
    (
        <READ> <ONLY> { return null; }
    |
        (
            <UPDATE> { strength = "UPDATE"; }
        |   <SHARE> { strength = "SHARE"; }
        |   <NO> <KEY> <UPDATE> { strength = "NO KEY UPDATE"; }
        |   <KEY> <SHARE> { strength = "KEY SHARE"; }
        )
    )
    { position = since(first); }
    [
        <OF> table = Path() { tables.add(table); }
        ( <COMMA> table = Path() { tables.add(table); } )*
    ]
    [ <NOWAIT> { waits = "NOWAIT"; } | <SKIP_> <LOCKED> { waits = "SKIP LOCKED"; } ]
    {
        return Form.LOCK.node(since(first), Nodes.word(strength, position), Nodes.list(tables, position),
            Nodes.word(waits, position));
    }
}

/** Queries joined by UNION and EXCEPT, which bind less than INTERSECT. */
SqlNode Combination() :
{
    SqlNode query;
    SqlNode other;
    Token word;
    boolean all;
    int links = 0;
}
{
    query = Intersection()
    (
        LOOKAHEAD({ at(UNION) || at(EXCEPT) })
        ( <UNION> | <EXCEPT> ) { word = getToken(0); link(++links); }
        all = AllOfThem()
        other = Intersection()
        { query = Nodes.call(PgForms.combination(word, all), since(query), query, other); }
    )*
    { return query; }
}

SqlNode Intersection() :
{
    SqlNode query;
    SqlNode other;
    Token word;
    boolean all;
    int links = 0;
}
{
    query = QueryTerm()
    (
        LOOKAHEAD({ at(INTERSECT) })
        word = <INTERSECT> { link(++links); }
        all = AllOfThem()
        other = QueryTerm()
        { query = Nodes.call(PgForms.combination(word, all), since(query), query, other); }
    )*
    { return query; }
}

boolean AllOfThem() :
{
    boolean all = false;
}
{
    [ <ALL> { all = true; } | <DISTINCT> ] { return all; }
}

SqlNode QueryTerm() :
{
    final Token first;
    final SqlNode query;
    final SqlNode table;
}
{
    query = SelectClause() { return query; }
|
    query = ValuesClause() { return query; }
|
    first = <TABLE> table = TableName()
    { return Nodes.call(SqlStdOperatorTable.EXPLICIT_TABLE, since(first), table); }
|
    <LPAREN> query = AnyQuery() <RPAREN> { return query; }
}

SqlNode ValuesClause() :
{
    final Token first;
    final List<SqlNode> rows = new ArrayList<SqlNode>();
    SqlNode row;
}
{
    first = <VALUES> row = ValuesRow() { rows.add(row); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> row = ValuesRow() { rows.add(row); } )*
    { return Nodes.call(SqlStdOperatorTable.VALUES, since(first), rows); }
}

SqlNode ValuesRow() :
{
    final Token first;
    final SqlNodeList values;
}
{
    first = <LPAREN> values = Values() <RPAREN>
    { return Nodes.call(SqlStdOperatorTable.ROW, since(first), values.getList()); }
}

SqlNode SelectClause() :
{
    final Token first;
    SqlNodeList keywords = null;
    SqlNodeList distinctOn = null;
    SqlNodeList items;
    SqlNode into = null;
    SqlNode from = null;
    SqlNode where = null;
    SqlNodeList group = null;
    SqlNode having = null;
    SqlNodeList windows = null;
}
{
    first = <SELECT> { items = new SqlNodeList(since(first)); }
    [
        <ALL>
    |
        <DISTINCT> { keywords = Nodes.distinct(here()); }
        [ LOOKAHEAD({ at(ON) }) <ON> <LPAREN> distinctOn = Values() <RPAREN> ]
    ]
    [ LOOKAHEAD({ keywords != null || atItems() }) items = Items() ]
    [ LOOKAHEAD({ at(INTO) }) into = IntoTable() ]
    [ LOOKAHEAD({ at(FROM) }) <FROM> from = FromList() ]
    [ LOOKAHEAD({ at(WHERE) }) <WHERE> where = Value() ]
    [ LOOKAHEAD({ at(GROUP) }) group = GroupClause() ]
    [ LOOKAHEAD({ at(HAVING) }) <HAVING> having = Value() ]
    [ LOOKAHEAD({ at(WINDOW) }) windows = Windows() ]
    {
        return new Select(since(first), distinctOn == null ? keywords : null, items, from, where, group, having,
            windows, distinctOn, into);
    }
}

SqlNodeList Items() :
{
    final Token first;
    final List<SqlNode> items = new ArrayList<SqlNode>();
    SqlNode item;
}
{
    { first = getToken(1); }
    item = Item() { items.add(item); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> item = Item() { items.add(item); } )*
    { return Nodes.list(items, since(first)); }
}

SqlNode Item() :
{
    final SqlNode value;
    final Token name;
    final boolean named;
}
{
    <STAR> { return SqlIdentifier.star(here()); }
|
    { named = atName(); }
    value = Value()
    (
        LOOKAHEAD({ at(AS) }) <AS> name = Label() { return Nodes.as(value, name); }
    |
        LOOKAHEAD({ ahead(1).isBareLabel() }) name = Label() { return Nodes.as(value, name); }
    |
        { return named ? Nodes.item(value) : value; }
    )
}

SqlNode IntoTable() :
{
    final Token first;
    final SqlIdentifier table;
}
{
    first = <INTO>
    (
        LOOKAHEAD({ ahead(1).image.matches("temporary|temp|local|global|unlogged")
            && (ahead(2).isName() || ahead(2).is(TABLE)) })
        AnyToken()
    )*
    [ LOOKAHEAD({ at(TABLE) }) <TABLE> ]
    table = Path()
    { return Form.INTO_TABLE.node(since(first), table); }
}

SqlNodeList GroupClause() :
{
    final Token first;
    boolean distinct = false;
    final List<SqlNode> keys;
}
{
    first = <GROUP> <BY> [ <ALL> | <DISTINCT> { distinct = true; } ]
    keys = GroupKeys()
    { return PgForms.groupBy(distinct, keys, since(first)); }
}

List<SqlNode> GroupKeys() :
{
    final List<SqlNode> keys = new ArrayList<SqlNode>();
    SqlNode key;
}
{
    key = GroupKey() { keys.add(key); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> key = GroupKey() { keys.add(key); } )*
    { return keys; }
}

SqlNode GroupKey() :
{
    final Token first;
    final List<SqlNode> keys;
    final SqlNode key;
    final SqlNodeList values;
}
{
    LOOKAHEAD({ at(LPAREN, RPAREN) }) first = <LPAREN> <RPAREN> { return new SqlNodeList(since(first)); }
|
    LOOKAHEAD({ at(CUBE, LPAREN) || at(ROLLUP, LPAREN) })
    ( <CUBE> | <ROLLUP> ) { first = getToken(0); } <LPAREN> values = Values() <RPAREN>
    { return Nodes.call(PgForms.grouping(first), since(first), values.getList()); }
|
    LOOKAHEAD({ atWords("grouping", "sets") })
    first = <GROUPING> <SETS> <LPAREN> keys = GroupKeys() <RPAREN>
    { return Nodes.call(SqlStdOperatorTable.GROUPING_SETS, since(first), keys); }
|
    key = Value() { return key; }
}

SqlNodeList OrderClause() :
{
    final Token first;
    final List<SqlNode> keys = new ArrayList<SqlNode>();
    SqlNode key;
}
{
    first = <ORDER> <BY>
    key = SortKey() { keys.add(key); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> key = SortKey() { keys.add(key); } )*
    { return Nodes.list(keys, since(first)); }
}

SqlNode SortKey() :
{
    SqlNode key;
    final String operator;
    final SqlParserPos position;
}
{
    key = Value()
    [
        <ASC>
    |
        <DESC> { key = Nodes.call(SqlStdOperatorTable.DESC, since(key), key); }
    |
        <USING> { position = here(); } operator = OperatorName()
        { key = Form.SORT_USING.node(since(key), key, Nodes.word(operator, position)); }
    ]
    [
        LOOKAHEAD({ atWords("nulls", "first") || atWords("nulls", "last") })
        <NULLS>
        (
            <FIRST> { key = Nodes.call(SqlStdOperatorTable.NULLS_FIRST, since(key), key); }
        |   <LAST> { key = Nodes.call(SqlStdOperatorTable.NULLS_LAST, since(key), key); }
        )
    ]
    { return key; }
}
