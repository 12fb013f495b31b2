<#-- INSERT, REPLACE, UPDATE, DELETE. -->

SqlNode InsertCommand() :
{
    final Token first;
    final boolean replaces;
    SqlNode target;
    SqlNodeList list;
    final List<SqlNode> partitions = new ArrayList<SqlNode>();
    SqlNodeList columns = null;
    SqlNode source;
    SqlNode row = null;
    Conflict conflict = null;
    SqlNodeList returning = null;
}
{
    { replaces = atWord("replace"); }
    first = AnyToken() { hint(); skip("low_priority", "delayed", "high_priority", "ignore"); accept("into"); }
    target = TablePath()
    [ LOOKAHEAD({ atWord("partition") }) AnyToken() list = NameList() { partitions.addAll(list); } ]
    { target = MySqlForms.narrowed(since(first), target, partitions, partitions.subList(0, 0)); }
    (
        LOOKAHEAD({ atWord("set") })
        AnyToken() list = Assignments()
        { columns = MySqlForms.assigned(list); source = MySqlForms.values(list); }
    |
        LOOKAHEAD({ true })
        [ LOOKAHEAD({ at(LPAREN) && !atQueryInParentheses() }) columns = InsertColumns() ]
        (
            LOOKAHEAD({ atWord("value") || atWord("values") }) source = ValuesClause()
        |   LOOKAHEAD({ true }) source = AnyQuery()
        )
    )
    [ LOOKAHEAD({ atWord("as") }) AnyToken() row = RowAlias(first) ]
    [ LOOKAHEAD({ atWord("on") }) conflict = OnDuplicateKey() ]
    [ LOOKAHEAD({ atWord("returning") }) AnyToken() returning = Items() ]
    { return new Insert(since(first), replaces, target, columns, source, row, conflict, returning); }
}

/** The columns that are filled; null for an empty list, which means all. */
SqlNodeList InsertColumns() :
{
    final Token first;
    final List<SqlNode> columns = new ArrayList<SqlNode>();
    SqlNode column;
}
{
    first = <LPAREN>
    [
        LOOKAHEAD({ !at(RPAREN) })
        column = ColumnPath() { columns.add(column); }
        ( <COMMA> column = ColumnPath() { columns.add(column); } )*
    ]
    <RPAREN>
    { return columns.isEmpty() ? null : Nodes.list(columns, since(first)); }
}

/** The name MySQL gives the row that is proposed, maybe with names of its columns. */
SqlNode RowAlias(Token first) :
{
    final SqlIdentifier name;
    SqlNodeList columns = null;
}
{
    name = SimpleName() [ LOOKAHEAD({ at(LPAREN) }) columns = NameList() ]
    { return MySqlForms.rowAlias(name, columns); }
}

Conflict OnDuplicateKey() :
{
    final Token first;
    final SqlNodeList assignments;
}
{
    first = AnyToken() { expect("duplicate", "key", "update"); } assignments = Assignments()
    { return new Conflict(since(first), null, null, assignments, null); }
}

SqlNodeList Assignments() :
{
    final Token first;
    final List<SqlNode> assignments = new ArrayList<SqlNode>();
    SqlNode assignment;
}
{
    { first = getToken(1); }
    assignment = Assignment() { assignments.add(assignment); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> assignment = Assignment() { assignments.add(assignment); } )*
    { return Nodes.list(assignments, since(first)); }
}

SqlNode Assignment() :
{
    final SqlNode column;
    final SqlNode value;
}
{
    column = ColumnPath()
    ( LOOKAHEAD({ atOperator(":=") }) AnyToken() | LOOKAHEAD({ true }) <EQ> )
    value = ValueOrDefault()
    { return Form.ASSIGN.node(since(column), column, value); }
}

SqlNode UpdateCommand() :
{
    final Token first;
    SqlNode tables;
    final List<SqlNode> times = new ArrayList<SqlNode>();
    final SqlNodeList assignments;
    SqlNode where = null;
    SqlNodeList order = null;
    SqlNode limit = null;
    SqlNodeList returning = null;
}
{
    first = AnyToken() { hint(); skip("low_priority", "ignore"); }
    tables = FromList()
    [ LOOKAHEAD({ atWords("for", "portion") }) Portion(times) ]
    { tables = MySqlForms.narrowed(since(first), tables, times.subList(0, 0), times); expect("set"); }
    assignments = Assignments()
    [ LOOKAHEAD({ atWord("where") }) AnyToken() where = Value() ]
    [ LOOKAHEAD({ atWord("order") }) order = OrderClause() ]
    [ LOOKAHEAD({ atWord("limit") }) AnyToken() limit = Bound() ]
    [ LOOKAHEAD({ atWord("returning") }) AnyToken() returning = Items() ]
    { return new Update(since(first), tables, assignments, null, where, order, limit, returning); }
}

/** MariaDB's {@code FOR PORTION OF period FROM a TO b}. */
void Portion(List<SqlNode> times) :
{
    SqlNode time;
}
{
    AnyToken() AnyToken() { expect("of"); } Name() { expect("from"); }
    time = Operation(MySqlPower.BIT_OR) { times.add(time); expect("to"); }
    time = Operation(MySqlPower.BIT_OR) { times.add(time); }
}

SqlNode DeleteCommand() :
{
    final Token first;
    final List<SqlNode> targets = new ArrayList<SqlNode>();
    SqlNode table;
    SqlNode from;
    SqlNode where = null;
}
{
    first = AnyToken() { hint(); skip("low_priority", "quick", "ignore"); }
    (
        LOOKAHEAD({ atWord("from") }) AnyToken()
        (
            LOOKAHEAD({ MySqlForms.endsInUsing(ahead(1)) })
            DeleteTargets(targets) { expect("using"); } from = FromList()
        |
            LOOKAHEAD({ true }) table = DeleteOne(first) { return table; }
        )
    |
        LOOKAHEAD({ true }) DeleteTargets(targets) { expect("from"); } from = FromList()
    )
    [ LOOKAHEAD({ atWord("where") }) AnyToken() where = Value() ]
    {
        SqlNodeList names = Nodes.list(targets, since(first));
        return new Delete(since(first), names, true, from, where, null, null, null);
    }
}

void DeleteTargets(List<SqlNode> targets) :
{
    SqlNode target;
}
{
    target = DeleteTarget() { targets.add(target); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> target = DeleteTarget() { targets.add(target); } )*
}

SqlNode DeleteTarget() :
{
    final SqlIdentifier name;
}
{
    name = TablePath() [ LOOKAHEAD({ at(DOT) }) <DOT> <STAR> ] { return name; }
}

/** What follows {@code DELETE FROM} of one table. */
SqlNode DeleteOne(Token first) :
{
    SqlNode table;
    SqlNodeList list;
    final List<SqlNode> partitions = new ArrayList<SqlNode>();
    final List<SqlNode> times = new ArrayList<SqlNode>();
    SqlNode where = null;
    SqlNodeList order = null;
    SqlNode limit = null;
    SqlNodeList returning = null;
}
{
    table = TablePath()
    [ LOOKAHEAD({ atWords("for", "portion") }) Portion(times) ]
    ( LOOKAHEAD({ deletesByAlias() }) table = Aliased(table) | { } )
    [ LOOKAHEAD({ atWord("partition") }) AnyToken() list = NameList() { partitions.addAll(list); } ]
    { table = MySqlForms.narrowed(since(first), table, partitions, times); }
    [ LOOKAHEAD({ atWord("where") }) AnyToken() where = Value() ]
    [ LOOKAHEAD({ atWord("order") }) order = OrderClause() ]
    [ LOOKAHEAD({ atWord("limit") }) AnyToken() limit = Bound() ]
    [ LOOKAHEAD({ atWord("returning") }) AnyToken() returning = Items() ]
    { return new Delete(since(first), SqlNodeList.of(table), false, null, where, order, limit, returning); }
}
