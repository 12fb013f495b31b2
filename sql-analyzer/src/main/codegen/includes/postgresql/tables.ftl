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
        { from = Join.comma(since(from), from, other); }
    )*
    { return from; }
}

SqlNode TableReference() :
{
    SqlNode table;
    SqlNode other;
    Join join;
    int links = 0;
}
{
    { enter(); }
    table = TablePrimary()
    (
        LOOKAHEAD({ Join.begins(ahead(1)) })
        { link(++links); }
        join = JoinWords()
        (
            LOOKAHEAD({ join.needsCondition() })
            other = TableReference() table = JoinCondition(join, table, other)
        |
            other = TablePrimary() { table = join.node(since(table), table, other); }
        )
    )*
    { leave(); return table; }
}

/** What stands in parentheses and is no query: a join. */
SqlNode JoinedTable() :
{
    final SqlNode table;
}
{
    <LPAREN>
    ( LOOKAHEAD({ at(LPAREN) && !atQuery() && ahead(1).partner().ahead(1).is(RPAREN) }) table = JoinedTable()
    | table = TableReference() { join(table); } )
    <RPAREN>
    { return table; }
}

Join JoinWords() :
{
    final Join join = new Join(getToken(1));
}
{
    [ <NATURAL> { join.natural(); } ]
    [
        <CROSS> { join.type(JoinType.CROSS); }
    |   <INNER> { join.type(JoinType.INNER); }
    |   ( <LEFT> { join.type(JoinType.LEFT); } | <RIGHT> { join.type(JoinType.RIGHT); }
        | <FULL> { join.type(JoinType.FULL); } )
        [ <OUTER> ]
    ]
    <JOIN>
    { return join; }
}

SqlNode JoinCondition(Join join, SqlNode left, SqlNode right) :
{
    final SqlNode condition;
    final SqlNodeList columns;
    final Token alias;
    SqlNode node;
}
{
    <ON> condition = Value() { return join.on(since(left), left, right, condition); }
|
    <USING> columns = NameList() { node = join.using(since(left), left, right, columns); }
    [
        LOOKAHEAD({ at(AS) }) <AS> alias = Name()
        { node = Form.JOIN_ALIAS.node(since(left), node, Nodes.name(alias)); }
    ]
    { return node; }
}

SqlNode TablePrimary() :
{
    SqlNode table;
    final Token first;
}
{
    LOOKAHEAD({ at(LATERAL) })
    first = <LATERAL>
    (
        LOOKAHEAD({ at(LPAREN) }) <LPAREN> table = AnyQuery() <RPAREN>
        { table = Nodes.call(SqlStdOperatorTable.LATERAL, since(first), table); }
        table = Aliased(table, false)
    |
        table = TableFunction() { table = Nodes.call(SqlStdOperatorTable.LATERAL, since(first), table); }
        table = Aliased(table, true)
    )
    { return table; }
|
    LOOKAHEAD({ atQuery() })
    <LPAREN> table = AnyQuery() <RPAREN> table = Aliased(table, false) { return table; }
|
    LOOKAHEAD({ at(LPAREN) })
    table = JoinedTable() table = Aliased(table, false) { return table; }
|
    LOOKAHEAD({ atTableFunction() })
    table = TableFunction() table = Aliased(table, true) { return table; }
|
    table = TableName() table = Aliased(table, false)
    [ LOOKAHEAD({ at(TABLESAMPLE) }) table = Sampled(table) ]
    { return table; }
}

/** A table's name, maybe with ONLY before it or a star behind. */
SqlNode TableName() :
{
    final Token first;
    final SqlIdentifier name;
}
{
    first = <ONLY>
    ( LOOKAHEAD({ at(LPAREN) }) <LPAREN> name = Path() <RPAREN> | name = Path() )
    { return Form.ONLY.node(since(first), name); }
|
    name = Path() [ LOOKAHEAD({ at(STAR) }) <STAR> ] { return name; }
}

/** A table with an alias, and names or definitions of columns, where it has them. */
SqlNode Aliased(SqlNode table, boolean function) :
{
    final List<SqlNode> operands = new ArrayList<SqlNode>();
    SqlIdentifier alias;
}
{
    (
        LOOKAHEAD({ function && at(AS, LPAREN) }) <AS> { operands.add(table); operands.add(PgForms.noAlias(table)); }
        ColumnDefinitions(operands)
    |
        LOOKAHEAD({ at(AS) || atName() })
        [ <AS> ] alias = SimpleName() { operands.add(table); operands.add(alias); }
        [
            LOOKAHEAD({ at(LPAREN) })
            (
                LOOKAHEAD({ function && !ahead(3).is(COMMA) && !ahead(3).is(RPAREN) }) ColumnDefinitions(operands)
            |   AliasColumns(operands)
            )
        ]
    |
        { return table; }
    )
    { return Nodes.call(SqlStdOperatorTable.AS, since(table), operands); }
}

void AliasColumns(List<SqlNode> operands) :
{
    final SqlNodeList names;
}
{
    names = NameList() { operands.addAll(names.getList()); }
}

/** The columns of a function's rows, with their types. */
void ColumnDefinitions(List<SqlNode> operands) :
{
    SqlNode column;
}
{
    <LPAREN> column = ColumnDefinition() { operands.add(column); }
    ( <COMMA> column = ColumnDefinition() { operands.add(column); } )*
    <RPAREN>
}

SqlNode ColumnDefinition() :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
}
{
    name = SimpleName() type = Type() [ LOOKAHEAD({ at(COLLATE) }) <COLLATE> Path() ]
    { return Form.COLUMN.node(since(name), name, type); }
}

SqlNode Sampled(SqlNode table) :
{
    final SqlIdentifier method;
    final SqlNodeList arguments;
    SqlNode seed = null;
}
{
    <TABLESAMPLE> method = RoutineName() <LPAREN> arguments = Values() <RPAREN>
    [ LOOKAHEAD({ at(REPEATABLE) }) <REPEATABLE> <LPAREN> seed = Value() <RPAREN> ]
    { return PgForms.sampled(since(table), table, method, arguments, seed); }
}

/** A function's rows, or those of several side by side, maybe numbered. */
SqlNode TableFunction() :
{
    SqlNode table;
    final Token first;
    final List<SqlNode> calls = new ArrayList<SqlNode>();
}
{
    (
        LOOKAHEAD({ atWords("rows", "from") })
        first = <ROWS> <FROM> <LPAREN> table = RowsFromItem() { calls.add(table); }
        ( <COMMA> table = RowsFromItem() { calls.add(table); } )*
        <RPAREN>
        { table = Nodes.call(Form.ROWS_FROM, since(first), calls); }
    |
        table = FunctionWithoutWindow()
    )
    [
        LOOKAHEAD({ atWords("with", "ordinality") }) <WITH> <ORDINALITY>
        { table = Form.WITH_ORDINALITY.node(since(table), table); }
    ]
    { return table; }
}

SqlNode RowsFromItem() :
{
    final List<SqlNode> operands = new ArrayList<SqlNode>();
    final SqlNode call;
}
{
    call = FunctionWithoutWindow()
    [
        LOOKAHEAD({ at(AS) })
        <AS> { operands.add(call); operands.add(PgForms.noAlias(call)); } ColumnDefinitions(operands)
        { return Nodes.call(SqlStdOperatorTable.AS, since(call), operands); }
    ]
    { return call; }
}

SqlNode FunctionWithoutWindow() :
{
    final SqlNode call;
}
{
    LOOKAHEAD({ at(XMLTABLE, LPAREN) }) call = XmlTable() { return call; }
|
    LOOKAHEAD({ at(JSON_TABLE, LPAREN) }) call = JsonTable() { return call; }
|
    LOOKAHEAD({ atSpecialCall() }) call = SpecialCall() { return call; }
|
    LOOKAHEAD({ PgForms.isBareCall(ahead(1)) && !atCall() }) call = BareCall() { return call; }
|
    call = PlainCall() { return call; }
}
