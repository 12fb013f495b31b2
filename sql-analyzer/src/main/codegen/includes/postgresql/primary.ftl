<#-- Values that no operator stands in: literals, names, and what is in parentheses. -->

SqlNode Primary() :
{
    final Token token;
    final SqlNode value;
}
{
    LOOKAHEAD({ atTypedLiteral() }) value = TypedLiteral() { return value; }
|
    LOOKAHEAD({ atSpecialCall() }) value = SpecialCall() { return value; }
|
    LOOKAHEAD({ PgForms.isBareCall(ahead(1)) && !(at(CURRENT_SCHEMA) && atCall()) }) value = BareCall() { return value; }
|
    LOOKAHEAD({ at(ROW, LPAREN) }) value = Row() { return value; }
|
    LOOKAHEAD({ atCall() }) value = Call() { return value; }
|
    LOOKAHEAD({ atName() }) value = ColumnReference() { return value; }
|
    token = <QUOTED_STRING> { return Nodes.string(token); }
|
    token = <DECIMAL_NUMERIC_LITERAL> { return PgLiterals.number(token); }
|
    token = <TRUE> { return SqlLiteral.createBoolean(true, here()); }
|
    token = <FALSE> { return SqlLiteral.createBoolean(false, here()); }
|
    token = <NULL> { return SqlLiteral.createNull(here()); }
|
    token = <DEFAULT_> { return Form.DEFAULT.node(here()); }
|
    value = Parameter() { return value; }
|
    value = Case() { return value; }
|
    value = Array() { return value; }
|
    value = Parenthesised() { return value; }
}

SqlNode Parameter() :
{
    final Token token;
    SqlNode value;
}
{
    token = <NUMBERED_PARAMETER> { value = PgLiterals.parameter(token); }
    value = Indirections(value)
    { return value; }
}

/** A query, a value or a row in parentheses, and parts of it. */
SqlNode Parenthesised() :
{
    final Token first;
    SqlNode value;
    final List<SqlNode> row = new ArrayList<SqlNode>();
}
{
    { first = getToken(1); }
    (
        LOOKAHEAD({ atQuery() }) <LPAREN> value = AnyQuery() <RPAREN>
    |
        <LPAREN>
        value = Value() { row.add(value); }
        ( <COMMA> value = Value() { row.add(value); } )*
        <RPAREN>
        {
            if (row.size() > 1) {
                return Nodes.call(SqlStdOperatorTable.ROW, since(first), row);
            }
        }
    )
    value = Indirections(value)
    { return value; }
}

/** Fields and elements of a value. */
SqlNode Indirections(SqlNode value) :
{
    SqlNode part = value;
    Token field;
    int links = 0;
}
{
    (
        LOOKAHEAD({ at(DOT) || at(LBRACKET) })
        { link(++links); }
        (
            LOOKAHEAD({ at(DOT, STAR) }) <DOT> <STAR> { part = Nodes.fields(part, since(value)); }
        |
            <DOT> field = Label()
            { part = Nodes.call(SqlStdOperatorTable.DOT, since(value), part, Nodes.name(field)); }
        |
            part = Element(part)
        )
    )*
    { return part; }
}

/** {@code a[1]} or {@code a[1:2]}. */
SqlNode Element(SqlNode array) :
{
    SqlNode lower = null;
    SqlNode upper = null;
}
{
    <LBRACKET>
    (
        LOOKAHEAD({ at(COLON) }) <COLON> [ LOOKAHEAD({ !at(RBRACKET) }) upper = Value() ]
        <RBRACKET> { return Form.SLICE.node(since(array), array, lower, upper); }
    |
        lower = Value()
        (
            <RBRACKET> { return Nodes.call(SqlStdOperatorTable.ITEM, since(array), array, lower); }
        |
            <COLON> [ LOOKAHEAD({ !at(RBRACKET) }) upper = Value() ]
            <RBRACKET> { return Form.SLICE.node(since(array), array, lower, upper); }
        )
    )
}

SqlNode ColumnReference() :
{
    final List<Token> parts = new ArrayList<Token>();
    Token part;
    SqlNode value;
}
{
    part = Name() { parts.add(part); }
    (
        LOOKAHEAD({ at(DOT) && ahead(2).isLabel() })
        <DOT> part = Label() { parts.add(part); }
    )*
    { value = Nodes.name(parts); }
    value = Indirections(value)
    { return value; }
}

SqlNode Row() :
{
    final Token first;
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNode value;
}
{
    first = <ROW> <LPAREN>
    [
        LOOKAHEAD({ !at(RPAREN) })
        value = Value() { values.add(value); }
        ( <COMMA> value = Value() { values.add(value); } )*
    ]
    <RPAREN>
    { return Nodes.call(SqlStdOperatorTable.ROW, since(first), values); }
}

SqlNode Array() :
{
    final Token first;
    final SqlNode query;
}
{
    first = <ARRAY>
    (
        <LPAREN> query = AnyQuery() <RPAREN>
        { return Nodes.call(SqlStdOperatorTable.ARRAY_QUERY, since(first), query); }
    |
        query = ArrayElements() { return query; }
    )
}

/** The elements of an array: values, or lists of elements. */
SqlNode ArrayElements() :
{
    final Token first;
    final List<SqlNode> elements = new ArrayList<SqlNode>();
    SqlNode element;
}
{
    { enter(); }
    first = <LBRACKET>
    (
        LOOKAHEAD({ at(RBRACKET) }) { }
    |
        LOOKAHEAD({ at(LBRACKET) }) element = ArrayElements() { elements.add(element); }
        ( <COMMA> element = ArrayElements() { elements.add(element); } )*
    |
        element = Value() { elements.add(element); }
        ( <COMMA> element = Value() { elements.add(element); } )*
    )
    <RBRACKET>
    { leave(); return Nodes.call(SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR, since(first), elements); }
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
    first = <CASE>
    [ LOOKAHEAD({ !at(WHEN) }) value = Value() ]
    (
        <WHEN> each = Value() { when.add(each); }
        <THEN> each = Value() { then.add(each); }
    )+
    [ <ELSE> otherwise = Value() ]
    <END>
    { return PgForms.cases(since(first), value, when, then, otherwise); }
}

/** A function called without parentheses, maybe with a precision in them. */
SqlNode BareCall() :
{
    final Token word;
    Token precision;
    final List<SqlNode> operands = new ArrayList<SqlNode>();
}
{
    word = AnyToken()
    [
        LOOKAHEAD({ at(LPAREN) && word.image.matches("current_time|current_timestamp|localtime|localtimestamp") })
        <LPAREN> precision = <DECIMAL_NUMERIC_LITERAL> <RPAREN> { operands.add(PgLiterals.number(precision)); }
    ]
    { return Nodes.call(PgForms.bareCall(word), since(word), operands); }
}
