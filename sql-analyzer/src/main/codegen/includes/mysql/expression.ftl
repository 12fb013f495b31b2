<#-- Expressions: operators by their power, as MySQL's table of precedence says. -->

SqlNode Value() :
{
    final SqlNode value;
}
{
    value = Operation(MySqlPower.OR_POWER) { need(!MySqlForms.isInterval(value)); return value; }
}

/** An expression whose operators bind at least as tightly as said. */
SqlNode Operation(int floor) :
{
    SqlNode value;
    int power;
    int links = 0;
}
{
    { enter(); }
    value = Operand()
    (
        LOOKAHEAD({ power() >= floor })
        { power = power(); link(++links); }
        (
            LOOKAHEAD({ power == MySqlPower.OR_POWER || power == MySqlPower.AND_POWER }) value = Chain(value, power)
        |   LOOKAHEAD({ atWord("is") }) value = Test(value)
        |   LOOKAHEAD({ power == MySqlPower.MATCHING }) value = Matching(value)
        |   LOOKAHEAD({ power == MySqlPower.COLLATION }) value = Collated(value)
        |   LOOKAHEAD({ true }) value = Binary(value, power)
        )
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
        LOOKAHEAD({ power() == power })
        AnyToken() operand = Operation(power + 1) { operands.add(operand); }
    )+
    {
        SqlOperator operator = power == MySqlPower.OR_POWER ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND;
        return Nodes.chain(operator, operands);
    }
}

SqlNode Binary(SqlNode left, int power) :
{
    final Token operator;
    final SqlNode right;
}
{
    operator = AnyToken()
    (
        LOOKAHEAD({ power == MySqlPower.COMPARISON && atQuantifier() })
        right = Quantified(left, operator) { return right; }
    |
        LOOKAHEAD({ true }) right = Operation(power + 1)
        {
            boolean adds = MySqlForms.isSum((MySqlToken) operator);
            need((adds || !MySqlForms.isInterval(right)) && (operator.image.equals("+") || !MySqlForms.isInterval(left)));
            return MySqlForms.binary(operator, since(left), left, right);
        }
    )
}

/** {@code = ANY (…)}, after the operator. */
SqlNode Quantified(SqlNode left, Token operator) :
{
    final SqlNode many;
}
{
    AnyToken() <LPAREN> many = AnyQuery() <RPAREN>
    { return Form.QUANTIFIED.node(since(left), Nodes.word(operator.image, Nodes.position(operator)), left, many); }
}

/** What stands before operators: a sign, NOT, BINARY, or a value. */
SqlNode Operand() :
{
    final Token token;
    final SqlNode value;
}
{
    LOOKAHEAD({ atWord("not") })
    token = AnyToken()
    value = Operation(modes().highNotPrecedence() ? MySqlPower.SIGN : MySqlPower.NOT_POWER)
    { return Nodes.call(SqlStdOperatorTable.NOT, since(token), value); }
|
    LOOKAHEAD({ atOperator("!") }) token = AnyToken() value = Operation(MySqlPower.SIGN)
    { return Nodes.call(SqlStdOperatorTable.NOT, since(token), value); }
|
    LOOKAHEAD({ atOperator("-") }) token = AnyToken() value = Operation(MySqlPower.SIGN)
    { return Nodes.call(SqlStdOperatorTable.UNARY_MINUS, since(token), value); }
|
    LOOKAHEAD({ atOperator("+") }) token = AnyToken() value = Operation(MySqlPower.SIGN)
    { return Nodes.call(SqlStdOperatorTable.UNARY_PLUS, since(token), value); }
|
    LOOKAHEAD({ atOperator("~") }) token = AnyToken() value = Operation(MySqlPower.SIGN)
    { return Nodes.call(new Form("~"), since(token), value); }
|
    LOOKAHEAD({ atWord("binary") }) token = AnyToken() value = Operation(MySqlPower.SIGN)
    { return Nodes.call(new Form("BINARY"), since(token), value); }
|
    LOOKAHEAD({ true }) value = Primary() { return value; }
}

/** {@code IS …}. */
SqlNode Test(SqlNode value) :
{
    final boolean not;
    final Token word;
}
{
    AnyToken() { not = accept("not"); } word = AnyToken()
    { return MySqlForms.test(since(value), value, not, (MySqlToken) word); }
}

/** LIKE and its kin, IN, BETWEEN, maybe after NOT. */
SqlNode Matching(SqlNode value) :
{
    final boolean not;
    final Token word;
    SqlNode other;
    SqlNode last = null;
}
{
    { not = accept("not"); } word = AnyToken()
    (
        LOOKAHEAD({ MySqlForms.is(word, "in") })
        (
            LOOKAHEAD({ atQueryInParentheses() }) <LPAREN> other = AnyQuery() <RPAREN>
        |   LOOKAHEAD({ true }) <LPAREN> other = Values() <RPAREN>
        )
        { return Nodes.call(not ? SqlStdOperatorTable.NOT_IN : SqlStdOperatorTable.IN, since(value), value, other); }
    |
        LOOKAHEAD({ MySqlForms.is(word, "between") })
        other = Operation(MySqlPower.BIT_OR) { expect("and"); } last = Operation(MySqlPower.MATCHING)
        {
            SqlOperator between = not ? SqlStdOperatorTable.NOT_BETWEEN : SqlStdOperatorTable.BETWEEN;
            return Nodes.call(between, since(value), value, other, last);
        }
    |
        LOOKAHEAD({ MySqlForms.is(word, "member") })
        { accept("of"); } <LPAREN> other = Value() <RPAREN>
        { return Nodes.call(new Form("MEMBER OF"), since(value), value, other); }
    |
        LOOKAHEAD({ true })
        { if (MySqlForms.is(word, "sounds")) { expect("like"); } }
        other = Operation(MySqlPower.BIT_OR)
        [ LOOKAHEAD({ atWord("escape") }) AnyToken() last = Operation(MySqlPower.SIGN) ]
        { return MySqlForms.match(since(value), word, not, value, other, last); }
    )
}

SqlNode Collated(SqlNode value) :
{
    final Token collation;
}
{
    AnyToken() collation = CharacterSetName()
    { return Form.COLLATE.node(since(value), value, Nodes.word(collation.image, Nodes.position(collation))); }
}

/* The name of a character set or a collation, which may be a string. */
JAVACODE
Token CharacterSetName() {
    if (!atName() && !at(QUOTED_STRING) && !atWord("binary") && !atWord("default")) {
        throw unexpected();
    }
    return getNextToken();
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
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> value = Value() { values.add(value); } )*
    { return Nodes.list(values, since(first)); }
}
