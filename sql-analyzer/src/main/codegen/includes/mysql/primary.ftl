<#-- Values that no operator stands in: literals, names, and what is in parentheses. -->

SqlNode Primary() :
{
    final Token token;
    final SqlNode value;
}
{
    LOOKAHEAD({ at(LPAREN) }) value = Parenthesised() { return value; }
|
    LOOKAHEAD({ at(QUOTED_STRING) }) value = Text() { return value; }
|
    LOOKAHEAD({ at(DECIMAL_NUMERIC_LITERAL) }) token = AnyToken() { return MySqlForms.number(token); }
|
    LOOKAHEAD({ at(dev.gatehouse.analyzer.lexer.Token.Sort.INTRODUCER) }) value = Introduced() { return value; }
|
    LOOKAHEAD({ at(dev.gatehouse.analyzer.lexer.Token.Sort.PARAMETER) }) token = AnyToken()
    { return MySqlForms.parameter(token); }
|
    LOOKAHEAD({ at(dev.gatehouse.analyzer.lexer.Token.Sort.VARIABLE) }) value = VariableOrAssignment() { return value; }
|
    LOOKAHEAD({ at(LBRACE) }) <LBRACE> Name() value = Value() <RBRACE> { return value; }
|
    LOOKAHEAD({ atWord(MySqlForms.CONSTANTS) }) token = AnyToken() { return MySqlForms.constant(token); }
|
    LOOKAHEAD({ atWord(MySqlForms.TEMPORAL) && ahead(2).is(QUOTED_STRING) }) token = AnyToken() value = Text()
    { return Nodes.call(new Form(token.image.toUpperCase(java.util.Locale.ROOT)), since(token), value); }
|
    LOOKAHEAD({ atInterval() }) value = Interval() { return value; }
|
    LOOKAHEAD({ atWord("case") }) value = Case() { return value; }
|
    LOOKAHEAD({ atWord("exists") && ahead(2).is(LPAREN) }) token = AnyToken() <LPAREN> value = AnyQuery() <RPAREN>
    { return Nodes.call(SqlStdOperatorTable.EXISTS, since(token), value); }
|
    LOOKAHEAD({ atWord("row") && ahead(2).is(LPAREN) }) value = ValuesRow() { return value; }
|
    LOOKAHEAD({ atWord("match") }) value = Match() { return value; }
|
    LOOKAHEAD({ atWords("next", "value") || atWords("previous", "value") }) value = Sequence() { return value; }
|
    LOOKAHEAD({ atSpecialCall() }) value = SpecialCall() { return value; }
|
    LOOKAHEAD({ atCall() }) value = Call() { return value; }
|
    LOOKAHEAD({ atWord(MySqlForms.BARE_CALLS) && ahead(1).isReserved() }) token = AnyToken() { return MySqlForms.bareCall(token); }
|
    LOOKAHEAD({ true }) value = ColumnReference() { return value; }
}

/** Strings in a row, which are one. */
SqlNode Text() :
{
    final Token first;
    Token next;
    final StringBuilder text = new StringBuilder();
}
{
    first = <QUOTED_STRING> { text.append(first.image); }
    ( LOOKAHEAD({ at(QUOTED_STRING) }) next = <QUOTED_STRING> { text.append(next.image); } )*
    { return Nodes.word(text.toString(), since(first)); }
}

/** A literal with its character set before it. */
SqlNode Introduced() :
{
    final Token first;
    final Token number;
    final SqlNode value;
}
{
    first = AnyToken()
    (
        LOOKAHEAD({ at(QUOTED_STRING) }) value = Text() { return value; }
    |   number = <DECIMAL_NUMERIC_LITERAL> { return MySqlForms.binary(number); }
    )
}

SqlNode Variable() :
{
    final Token token;
}
{
    token = AnyToken() { return MySqlForms.variable(token); }
}

SqlNode VariableOrAssignment() :
{
    final SqlNode variable;
    final SqlNode value;
}
{
    variable = Variable()
    [
        LOOKAHEAD({ atOperator(":=") }) AnyToken() value = Value()
        { return Form.ASSIGN_VARIABLE.node(since(variable), variable, value); }
    ]
    { return variable; }
}

/** {@code INTERVAL 1 DAY}. */
SqlNode Interval() :
{
    final Token first;
    final SqlNode amount;
    final Token unit;
}
{
    first = AnyToken() amount = Value() unit = Unit()
    { return Nodes.call(MySqlForms.INTERVAL, since(first), amount, Nodes.word(unit.image, Nodes.position(unit))); }
}

JAVACODE
Token Unit() {
    if (!atWord(MySqlForms.UNITS)) {
        throw unexpected();
    }
    return getNextToken();
}

/** A query, a value or a row in parentheses. */
SqlNode Parenthesised() :
{
    final Token first;
    SqlNode value;
    final SqlNodeList row;
}
{
    LOOKAHEAD({ atQueryInParentheses() }) <LPAREN> value = AnyQuery() <RPAREN> { return value; }
|
    LOOKAHEAD({ true })
    first = <LPAREN> row = Values() <RPAREN>
    { return row.size() == 1 ? row.get(0) : Nodes.call(SqlStdOperatorTable.ROW, since(first), row.getList()); }
}

SqlNode ColumnReference() :
{
    final SqlIdentifier name;
}
{
    name = ColumnPath() { return name; }
}

SqlNode Case() :
{
    final Token first;
    SqlNode value = null;
    final List<SqlNode> when = new ArrayList<SqlNode>();
    final List<SqlNode> then = new ArrayList<SqlNode>();
    SqlNode each;
    SqlNode otherwise = null;
}
{
    first = AnyToken()
    [ LOOKAHEAD({ !atWord("when") }) value = Value() ]
    (
        LOOKAHEAD({ atWord("when") })
        AnyToken() each = Value() { when.add(each); expect("then"); }
        each = Value() { then.add(each); }
    )+
    [ LOOKAHEAD({ atWord("else") }) AnyToken() otherwise = Value() ]
    { expect("end"); return MySqlForms.cases(since(first), value, when, then, otherwise); }
}

/** {@code MATCH (a, b) AGAINST ('x' IN BOOLEAN MODE)}. */
SqlNode Match() :
{
    final Token first;
    final List<SqlNode> operands = new ArrayList<SqlNode>();
    SqlNode value;
    final boolean enclosed;
}
{
    first = AnyToken() { enclosed = at(LPAREN); if (enclosed) { getNextToken(); } }
    value = ColumnPath() { operands.add(value); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> value = ColumnPath() { operands.add(value); } )*
    { if (enclosed && getNextToken().kind != RPAREN) { throw unexpected(); } expect("against"); }
    <LPAREN> value = Operation(MySqlPower.BIT_OR)
    {
        operands.add(value);
        if (accept("in")) {
            if (accept("natural")) {
                expect("language");
            } else {
                expect("boolean");
            }
            expect("mode");
        }
        if (accept("with")) {
            expect("query", "expansion");
        }
    }
    <RPAREN>
    { return Nodes.call(new Form("MATCH"), since(first), operands); }
}

/** {@code NEXT VALUE FOR s}. */
SqlNode Sequence() :
{
    final Token first;
    final SqlIdentifier sequence;
}
{
    first = AnyToken() AnyToken() { expect("for"); } sequence = TablePath()
    { return Form.SEQUENCE.node(since(first), sequence); }
}
