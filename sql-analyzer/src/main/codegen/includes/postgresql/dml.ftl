<#-- INSERT, UPDATE, DELETE, MERGE. -->

SqlNode Write() :
{
    final SqlNode write;
}
{
    ( write = InsertCommand() | write = UpdateCommand() | write = DeleteCommand() | write = MergeCommand() )
    { return write; }
}

SqlNode InsertCommand() :
{
    final Token first;
    SqlNode target;
    final Token alias;
    SqlNodeList columns = null;
    SqlNode source = null;
    Conflict conflict = null;
    SqlNodeList returning = null;
}
{
    first = <INSERT> <INTO> target = Path()
    [ LOOKAHEAD({ at(AS) }) <AS> alias = Name() { target = Nodes.as(target, alias); } ]
    [ LOOKAHEAD({ at(LPAREN) && !atQuery() }) columns = InsertColumns() ]
    [ LOOKAHEAD({ at(OVERRIDING) }) Overriding() ]
    ( LOOKAHEAD({ at(DEFAULT_) }) <DEFAULT_> <VALUES> | source = AnyQuery() )
    [ LOOKAHEAD({ at(ON) }) conflict = OnConflict() ]
    [ returning = Returning() ]
    { return new Insert(since(first), false, target, columns, source, null, conflict, returning); }
}

void Overriding() :
{
}
{
    <OVERRIDING> ( <USER> | <SYSTEM> ) <VALUE>
}

SqlNodeList InsertColumns() :
{
    final Token first;
    final List<SqlNode> columns = new ArrayList<SqlNode>();
    SqlNode column;
}
{
    first = <LPAREN> column = TargetColumn() { columns.add(column); }
    ( <COMMA> column = TargetColumn() { columns.add(column); } )*
    <RPAREN>
    { return Nodes.list(columns, since(first)); }
}

/** A column, or a part of one, that is written. */
SqlNode TargetColumn() :
{
    final SqlIdentifier name;
    SqlNode target;
}
{
    name = SimpleName() target = Indirections(name) { return target; }
}

Conflict OnConflict() :
{
    final Token first;
    SqlNodeList arbiters = null;
    SqlNode arbiterWhere = null;
    SqlNodeList assignments = null;
    SqlNode where = null;
}
{
    first = <ON> <CONFLICT>
    [
        arbiters = Arbiters() [ <WHERE> arbiterWhere = Value() ]
    |
        <ON> <CONSTRAINT> Name()
    ]
    <DO>
    (
        <NOTHING>
    |
        <UPDATE> <SET> assignments = Assignments() [ <WHERE> where = Value() ]
    )
    { return new Conflict(since(first), arbiters, arbiterWhere, assignments, where); }
}

SqlNodeList Arbiters() :
{
    final Token first;
    final List<SqlNode> arbiters = new ArrayList<SqlNode>();
    SqlNode arbiter;
}
{
    first = <LPAREN> arbiter = Arbiter() { arbiters.add(arbiter); }
    ( <COMMA> arbiter = Arbiter() { arbiters.add(arbiter); } )*
    <RPAREN>
    { return Nodes.list(arbiters, since(first)); }
}

/** A column or expression of an index, maybe with its collation and operator class. */
SqlNode Arbiter() :
{
    SqlNode value;
    final SqlIdentifier operatorClass;
}
{
    (
        LOOKAHEAD({ at(LPAREN) }) <LPAREN> value = Value() <RPAREN>
    |   LOOKAHEAD({ atCall() || atSpecialCall() || PgForms.isBareCall(ahead(1)) }) value = FunctionWithoutWindow()
    |   value = SimpleName()
    )
    [ LOOKAHEAD({ at(COLLATE) }) value = Collated(value) ]
    [
        LOOKAHEAD({ atName() && !at(NULLS) }) operatorClass = Path()
        { value = Form.OPERATOR_CLASS.node(since(value), value, operatorClass); }
    ]
    [ <ASC> | <DESC> ]
    [ LOOKAHEAD({ at(NULLS) }) <NULLS> ( <FIRST> | <LAST> ) ]
    { return value; }
}

SqlNodeList Returning() :
{
    final Token first;
    final SqlNodeList items;
    SqlNodeList names = null;
}
{
    first = <RETURNING>
    [ LOOKAHEAD({ at(WITH, LPAREN) }) names = RowNames() ]
    items = Items()
    { return PgForms.returning(names, items); }
}

/** {@code WITH (OLD AS o, NEW AS n)} after RETURNING. */
SqlNodeList RowNames() :
{
    final Token first;
    final List<SqlNode> names = new ArrayList<SqlNode>();
    SqlNode name;
}
{
    first = <WITH> <LPAREN> name = RowName() { names.add(name); }
    ( <COMMA> name = RowName() { names.add(name); } )*
    <RPAREN>
    { return Nodes.list(names, since(first)); }
}

SqlNode RowName() :
{
    final Token row;
    final Token name;
}
{
    ( <OLD> | <NEW> ) { row = getToken(0); } <AS> name = Name()
    { return Nodes.as(Nodes.name(row), name); }
}

SqlNode UpdateCommand() :
{
    final Token first;
    SqlNode table;
    SqlNodeList assignments;
    SqlNode from = null;
    SqlNode where = null;
    SqlNodeList returning = null;
}
{
    first = <UPDATE> table = Target()
    <SET> assignments = Assignments()
    [ <FROM> from = FromList() ]
    [ <WHERE> where = Condition() ]
    [ returning = Returning() ]
    { return new Update(since(first), table, assignments, from, where, null, null, returning); }
}

/** The table that is changed, with its alias: {@code relation_expr_opt_alias}. */
SqlNode Target() :
{
    SqlNode table;
    final Token alias;
}
{
    table = TableName()
    [
        LOOKAHEAD({ at(AS) || atName() && !at(SET) })
        [ <AS> ] alias = Name() { table = Nodes.as(table, alias); }
    ]
    { return table; }
}

SqlNode Condition() :
{
    final Token first;
    final SqlNode value;
}
{
    LOOKAHEAD({ atWords("current", "of") })
    first = <CURRENT> <OF> value = SimpleName() { return Form.CURRENT_OF.node(since(first), value); }
|
    value = Value() { return value; }
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
    final Token first;
    SqlNodeList columns;
    SqlNode target;
    final SqlNode value;
}
{
    { first = getToken(1); }
    (
        columns = InsertColumns()
        { target = Nodes.call(SqlStdOperatorTable.ROW, since(first), columns.getList()); }
    |
        target = TargetColumn()
    )
    <EQ> value = Value()
    { return Form.ASSIGN.node(since(first), target, value); }
}

SqlNode DeleteCommand() :
{
    final Token first;
    final SqlNode table;
    SqlNode using = null;
    SqlNode where = null;
    SqlNodeList returning = null;
}
{
    first = <DELETE> <FROM> table = Target()
    [ <USING> using = FromList() ]
    [ <WHERE> where = Condition() ]
    [ returning = Returning() ]
    { return new Delete(since(first), SqlNodeList.of(table), false, using, where, null, null, returning); }
}

SqlNode MergeCommand() :
{
    final Token first;
    final SqlNode target;
    final SqlNode source;
    final SqlNode condition;
    final List<SqlNode> actions = new ArrayList<SqlNode>();
    SqlNode action;
    SqlNodeList returning = null;
}
{
    first = <MERGE> <INTO> target = Target()
    <USING> source = TableReference()
    <ON> condition = Value()
    ( action = MergeWhen(PgForms.targetName(target)) { actions.add(action); } )+
    [ returning = Returning() ]
    { return new Merge(since(first), target, source, condition, Nodes.list(actions, since(first)), returning); }
}

SqlNode MergeWhen(SqlNode target) :
{
    final Token first;
    SqlNode condition = null;
    final SqlNode action;
    boolean matched = true;
}
{
    first = <WHEN> [ <NOT> { matched = false; } ] <MATCHED>
    [
        LOOKAHEAD({ at(BY) }) <BY> ( <SOURCE> { matched = true; } | <TARGET> )
    ]
    [ <AND> condition = Value() ]
    <THEN>
    (
        <DO> <NOTHING> { return Merge.WHEN.node(since(first), condition, null); }
    |
        LOOKAHEAD({ matched })
        ( action = MergeUpdate(target) | action = MergeDelete(target) )
        { return Merge.WHEN.node(since(first), condition, action); }
    |
        action = MergeInsert(target) { return Merge.WHEN.node(since(first), condition, action); }
    )
}

SqlNode MergeUpdate(SqlNode target) :
{
    final Token first;
    final SqlNodeList assignments;
}
{
    first = <UPDATE> <SET> assignments = Assignments()
    { return new Update(since(first), target, assignments, null, null, null, null, null); }
}

SqlNode MergeDelete(SqlNode target) :
{
    final Token first;
}
{
    first = <DELETE>
    { return new Delete(since(first), SqlNodeList.of(target), false, null, null, null, null, null); }
}

SqlNode MergeInsert(SqlNode target) :
{
    final Token first;
    SqlNodeList columns = null;
    SqlNode source = null;
}
{
    first = <INSERT>
    [ columns = InsertColumns() ]
    [ LOOKAHEAD({ at(OVERRIDING) }) Overriding() ]
    (
        <DEFAULT_> <VALUES>
    |
        source = SingleRow()
    )
    { return new Insert(since(first), false, target, columns, source, null, null, null); }
}

SqlNode SingleRow() :
{
    final Token first;
    final SqlNode row;
}
{
    first = <VALUES> row = ValuesRow()
    { return Nodes.call(SqlStdOperatorTable.VALUES, since(first), row); }
}
