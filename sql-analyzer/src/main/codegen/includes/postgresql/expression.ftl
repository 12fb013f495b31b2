<#-- Expressions: operators by their power, as PostgreSQL's table of precedence says. -->

SqlNode Value() :
{
    final SqlNode value;
}
{
    value = Operation(Power.OR_POWER, false) { return value; }
}

/** An expression without AND, IN and their like at its top: what stands between BETWEEN and its AND. */
SqlNode RestrictedValue() :
{
    final SqlNode value;
}
{
    value = Operation(Power.IS_POWER, true) { return value; }
}

/** An expression whose operators bind at least as tightly as said. */
SqlNode Operation(int floor, boolean restricted) :
{
    SqlNode value;
    int power = 0;
    int last = 0;
    int links = 0;
}
{
    { enter(); }
    value = Operand(restricted)
    (
        LOOKAHEAD({ power(restricted) >= floor })
        {
            power = power(restricted);
            if (power == last) {
                throw unexpected();
            }
            link(++links);
        }
        (
            LOOKAHEAD({ power == Power.OR_POWER || power == Power.AND_POWER }) value = Chain(value, power)
        |   LOOKAHEAD({ power == Power.IS_POWER }) value = Test(value, restricted)
        |   LOOKAHEAD({ power == Power.MATCHING }) value = Matching(value, restricted)
        |   LOOKAHEAD({ power == Power.ZONE_POWER }) value = AtTimeZone(value, restricted)
        |   LOOKAHEAD({ power == Power.COLLATION }) value = Collated(value)
        |   LOOKAHEAD({ power == Power.CAST_POWER }) value = CastOrOverlaps(value)
        |   value = Binary(value, power, restricted)
        )
        { last = refuses(value, power) ? power : 0; }
    )*
    { leave(); return value; }
}

/** AND or OR, and all that follow of the same. */
SqlNode Chain(SqlNode first, int power) :
{
    final List<SqlNode> operands = new ArrayList<SqlNode>();
    SqlNode operand;
}
{
    { operands.add(first); }
    (
        LOOKAHEAD({ at(power == Power.OR_POWER ? OR : AND) })
        ( <OR> | <AND> )
        operand = Operation(power + 1, false) { operands.add(operand); }
    )+
    { return Nodes.chain(power == Power.OR_POWER ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND, operands); }
}

/** Any operator written with marks, between two values. */
SqlNode Binary(SqlNode left, int power, boolean restricted) :
{
    final String operator;
    SqlNode right;
}
{
    operator = OperatorName()
    (
        LOOKAHEAD({ atQuantifier() }) right = Quantified(left, operator) { return right; }
    |
        right = Operation(power + 1, restricted)
        { return Nodes.binary(operator, since(left), left, right); }
    )
}

String OperatorName() :
{
    final Token token;
    final StringBuilder name;
}
{
    <OPERATOR> <LPAREN> { name = new StringBuilder("OPERATOR("); }
    (
        LOOKAHEAD({ atName() }) OperatorSchema(name)
    )*
    token = Symbol() <RPAREN>
    { return name.append(token.image).append(")").toString(); }
|
    token = Symbol() { return token.image; }
}

void OperatorSchema(StringBuilder name) :
{
    final Token token;
}
{
    token = Name() <DOT> { name.append(token.image).append("."); }
}

Token Symbol() :
{
}
{
    ( <SYMBOL> | <EQ> | <LT> | <GT> | <LE> | <GE> | <NE> | <NE2> | <PLUS> | <MINUS> | <STAR> | <SLASH>
    | <PERCENT_REMAINDER> | <CARET> )
    { return getToken(0); }
}

/** {@code = ANY (…)}, after the operator. */
SqlNode Quantified(SqlNode left, String operator) :
{
    final SqlNode many;
    final SqlParserPos position;
}
{
    { position = here(); }
    ( <ANY> | <SOME> | <ALL> )
    (
        LOOKAHEAD({ atQuery() }) <LPAREN> many = AnyQuery() <RPAREN>
    |   <LPAREN> many = Value() <RPAREN>
    )
    { return Form.QUANTIFIED.node(since(left), Nodes.word(operator, position), left, many); }
}

/** What stands before operators: a sign, a prefix, NOT, or a value. */
SqlNode Operand(boolean restricted) :
{
    final Token token;
    final String operator;
    final SqlNode value;
}
{
    LOOKAHEAD({ at(NOT) && !restricted })
    token = <NOT> value = Operation(Power.IS_POWER, false)
    { return Nodes.call(SqlStdOperatorTable.NOT, since(token), value); }
|
    token = <PLUS> value = Operation(Power.SIGN, restricted)
    { return Nodes.call(SqlStdOperatorTable.UNARY_PLUS, since(token), value); }
|
    token = <MINUS> value = Operation(Power.SIGN, restricted)
    { return Nodes.call(SqlStdOperatorTable.UNARY_MINUS, since(token), value); }
|
    LOOKAHEAD({ at(SYMBOL) || at(OPERATOR, LPAREN) })
    { token = getToken(1); }
    operator = OperatorName() value = Operation(Power.OPERATOR_POWER + 1, restricted)
    { return Nodes.call(new Form(operator), since(token), value); }
|
    value = Primary() { return value; }
}

/** {@code IS …}, ISNULL and NOTNULL. */
SqlNode Test(SqlNode value, boolean restricted) :
{
    boolean not = false;
    SqlNode other;
    SqlOperator operator;
    String form = "";
}
{
    <ISNULL> { return Nodes.call(SqlStdOperatorTable.IS_NULL, since(value), value); }
|
    <NOTNULL> { return Nodes.call(SqlStdOperatorTable.IS_NOT_NULL, since(value), value); }
|
    <IS> [ <NOT> { not = true; } ]
    (
        <DISTINCT> <FROM> other = Operation(Power.COMPARISON, restricted)
        {
            operator = not ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.IS_DISTINCT_FROM;
            return Nodes.call(operator, since(value), value, other);
        }
    |
        (
            <NULL> { operator = not ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL; }
        |   <TRUE> { operator = not ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE; }
        |   <FALSE> { operator = not ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE; }
        |   <UNKNOWN> { operator = not ? SqlStdOperatorTable.IS_NOT_UNKNOWN : SqlStdOperatorTable.IS_UNKNOWN; }
        |   <DOCUMENT> { operator = new Form(not ? "IS NOT DOCUMENT" : "IS DOCUMENT"); }
        |   [ ( <NFC> | <NFD> | <NFKC> | <NFKD> ) ] <NORMALIZED>
            { operator = new Form(not ? "IS NOT NORMALIZED" : "IS NORMALIZED"); }
        |   <JSON> [ ( <VALUE> | <ARRAY> | <OBJECT> | <SCALAR> ) { form = getToken(0).image; } ] UniqueKeys()
            { operator = PgForms.isJson(not, form); }
        )
        { return Nodes.call(operator, since(value), value); }
    )
}

/** {@code WITH UNIQUE KEYS} or the contrary, where it stands. */
void UniqueKeys() :
{
}
{
    [
        LOOKAHEAD({ atWords("with", "unique") || atWords("without", "unique") })
        ( <WITH> | <WITHOUT> ) <UNIQUE> [ LOOKAHEAD({ atWord("keys") }) <KEYS> ]
    ]
}

/** LIKE and its kin, IN, BETWEEN, maybe after NOT. */
SqlNode Matching(SqlNode value, boolean restricted) :
{
    boolean not = false;
    boolean symmetric = false;
    final String word;
    SqlNode other;
    SqlNode escape = null;
    final SqlParserPos position;
    SqlNode result;
}
{
    [ <NOT> { not = true; } ]
    (
        <IN>
        (
            LOOKAHEAD({ atQuery() }) <LPAREN> other = AnyQuery() <RPAREN>
        |   <LPAREN> other = Values() <RPAREN>
        )
        { return Nodes.call(not ? SqlStdOperatorTable.NOT_IN : SqlStdOperatorTable.IN, since(value), value, other); }
    |
        <BETWEEN> [ <SYMMETRIC> { symmetric = true; } | <ASYMMETRIC> ]
        other = RestrictedValue() <AND> escape = Operation(Power.MATCHING + 1, false)
        { return Nodes.call(PgForms.between(not, symmetric), since(value), value, other, escape); }
    |
        ( <LIKE> | <ILIKE> | <SIMILAR> <TO> )
        { word = PgForms.matching(getToken(0), not); position = here(); }
        (
            LOOKAHEAD({ atQuantifier() }) result = Quantified(value, word) { return result; }
        |
            other = Operation(Power.MATCHING + 1, false)
            [ LOOKAHEAD({ atWord("escape") }) <ESCAPE> escape = Operation(Power.MATCHING + 1, false) ]
            { return PgForms.match(word, since(value), value, other, escape); }
        )
    )
}

SqlNode AtTimeZone(SqlNode value, boolean restricted) :
{
    final SqlNode zone;
}
{
    <AT>
    (
        <LOCAL> { return Form.AT_TIME_ZONE.node(since(value), value); }
    |   <TIME> <ZONE> zone = Operation(Power.ZONE_POWER + 1, false)
        { return Form.AT_TIME_ZONE.node(since(value), value, zone); }
    )
}

SqlNode Collated(SqlNode value) :
{
    final SqlIdentifier collation;
}
{
    <COLLATE> collation = Path() { return Form.COLLATE.node(since(value), value, collation); }
}

SqlNode CastOrOverlaps(SqlNode value) :
{
    final SqlDataTypeSpec type;
    final SqlNode other;
}
{
    <INFIX_CAST> type = Type() { return Nodes.call(SqlStdOperatorTable.CAST, since(value), value, type); }
|
    <OVERLAPS> other = Operand(true)
    { return PgForms.overlaps(since(value), value, other); }
}

SqlNodeList Values() :
{
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNode value;
    final Token first;
}
{
    { first = getToken(1); }
    value = Value() { values.add(value); }
    ( <COMMA> value = Value() { values.add(value); } )*
    { return Nodes.list(values, since(first)); }
}
