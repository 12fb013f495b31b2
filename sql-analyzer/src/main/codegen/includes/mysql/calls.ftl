<#-- Calls of functions, and of what looks like one and has a syntax of its own. -->

SqlNode Call() :
{
    final SqlIdentifier name;
    final MySqlArguments arguments;
    SqlNodeList order;
    SqlNode call;
}
{
    { arguments = new MySqlArguments(signature()); }
    name = RoutinePath() <LPAREN>
    {
        if (arguments.may(Also.DISTINCT) && accept("distinct")) {
            arguments.distinct();
        } else if (arguments.may(Also.ALL)) {
            accept("all");
        }
    }
    [ LOOKAHEAD({ at(STAR) && arguments.may(Also.STAR) }) <STAR> { arguments.star(SqlIdentifier.star(here())); } ]
    [ LOOKAHEAD({ !at(RPAREN) && !(getToken(0).kind == STAR) }) Arguments(arguments) ]
    { need(arguments.areRight()); }
    [ LOOKAHEAD({ atWord("using") && arguments.may(Also.USING) }) CharacterSetUsed() ]
    [ LOOKAHEAD({ atWord("order") && arguments.may(Also.ORDER) }) order = OrderClause() { arguments.order(order); } ]
    [ LOOKAHEAD({ atWord("separator") && arguments.may(Also.ORDER) }) AnyToken() <QUOTED_STRING> ]
    [ LOOKAHEAD({ atWord("limit") && arguments.may(Also.ORDER) && modes().isMariaDb() }) Limit(new MySqlBounds()) ]
    <RPAREN>
    { call = arguments.call(name, since(name)); }
    call = Windowed(call, arguments)
    { return call; }
}

/* A function's name, of which the last part may be a reserved word. */
JAVACODE
SqlIdentifier RoutinePath() {
    boolean users = atUsersFunction();
    List<Token> parts = new ArrayList<Token>();
    parts.add(getNextToken());
    while (at(DOT)) {
        getNextToken();
        parts.add(Name());
    }
    return users ? MySqlForms.usersFunction(parts.get(0)) : Nodes.name(parts);
}

void Arguments(MySqlArguments arguments) :
{
}
{
    Argument(arguments)
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> Argument(arguments) )*
}

/** A value, which a function of the user's may be given under a name, and MariaDB's COLUMN_CREATE with its type. */
void Argument(MySqlArguments arguments) :
{
    final SqlNode value;
}
{
    value = Operation(MySqlPower.OR_POWER) { arguments.add(value); }
    [ LOOKAHEAD({ atWord("as") && arguments.mayBeTyped() }) AnyToken() Type() { arguments.typed(); } ]
    [ LOOKAHEAD({ atArgumentName() && arguments.takeNames() }) ArgumentName() ]
}

JAVACODE
void ArgumentName() {
    accept("as");
    ItemName();
}

/* MariaDB casts to no JSON. */
JAVACODE
void refuseJson() {
    need(!modes().isMariaDb() || !atWord("json"));
}

void CharacterSetUsed() :
{
}
{
    AnyToken() CharacterSetName()
}

/** The window a call is made over, where there is one. */
SqlNode Windowed(SqlNode call, MySqlArguments arguments) :
{
    final SqlNode keys;
    SqlNode value = call;
    final SqlNode window;
}
{
    [
        LOOKAHEAD({ atWords("within", "group") && arguments.may(Also.WITHIN_GROUP) }) AnyToken() AnyToken() <LPAREN> keys = OrderClause() <RPAREN>
        { value = Nodes.call(SqlStdOperatorTable.WITHIN_GROUP, since(value), value, keys); }
    ]
    {
        if (!modes().isMariaDb() && (atWords("from", "first") || atWords("from", "last")) && !arguments.takeWindow(false)) {
            getNextToken();
            getNextToken();
        }
        if (!modes().isMariaDb() && (atWords("respect", "nulls") || atWords("ignore", "nulls"))) {
            getNextToken();
            getNextToken();
        }
    }
    { need(arguments.takeWindow(atWord("over"))); }
    [
        LOOKAHEAD({ atWord("over") }) AnyToken()
        (
            LOOKAHEAD({ at(LPAREN) }) window = WindowDefinition(null)
        |   LOOKAHEAD({ true }) window = SimpleName()
        )
        { value = Nodes.call(SqlStdOperatorTable.OVER, since(value), value, window); }
    ]
    { return value; }
}

SqlNode SpecialCall() :
{
    final Token word;
    final List<SqlNode> operands = new ArrayList<SqlNode>();
    SqlNode value;
    SqlDataTypeSpec type;
    Token unit;
}
{
    word = AnyToken() <LPAREN>
    (
        LOOKAHEAD({ MySqlForms.is(word, "cast") })
        value = Value() { expect("as"); refuseJson(); } type = Type() { accept("array"); } <RPAREN>
        { return Nodes.call(SqlStdOperatorTable.CAST, since(word), value, type); }
    |
        LOOKAHEAD({ MySqlForms.is(word, "convert") })
        value = Value()
        (
            LOOKAHEAD({ atWord("using") }) CharacterSetUsed() <RPAREN>
            { return MySqlForms.special(word, since(word), value); }
        |
            <COMMA> { refuseJson(); } type = Type() <RPAREN>
            { return Nodes.call(SqlStdOperatorTable.CAST, since(word), value, type); }
        )
    |
        LOOKAHEAD({ MySqlForms.is(word, "default") })
        value = ColumnPath() <RPAREN> { return MySqlForms.special(word, since(word), value); }
    |
        LOOKAHEAD({ MySqlForms.is(word, "trim") })
        { if (atWord("both") || atWord("leading") || atWord("trailing")) { getNextToken(); } }
        [ LOOKAHEAD({ !atWord("from") }) value = Value() { operands.add(value); } ]
        [ LOOKAHEAD({ atWord("from") }) AnyToken() value = Value() { operands.add(value); } ]
        <RPAREN> { return MySqlForms.special(word, since(word), operands); }
    |
        LOOKAHEAD({ MySqlForms.is(word, "position") })
        value = Operation(MySqlPower.BIT_OR) { operands.add(value); expect("in"); }
        value = Value() { operands.add(value); }
        <RPAREN> { return MySqlForms.special(word, since(word), operands); }
    |
        LOOKAHEAD({ MySqlForms.is(word, "extract") })
        unit = Unit() { expect("from"); } value = Value() <RPAREN>
        { return MySqlForms.special(word, since(word), Nodes.word(unit.image, Nodes.position(unit)), value); }
    |
        LOOKAHEAD({ MySqlForms.is(word, "get_format") })
        unit = AnyToken() <COMMA> value = Value() <RPAREN>
        { return MySqlForms.special(word, since(word), Nodes.word(unit.image, Nodes.position(unit)), value); }
    |
        LOOKAHEAD({ MySqlForms.is(word, "timestampadd") || MySqlForms.is(word, "timestampdiff") })
        unit = Unit() { operands.add(Nodes.word(unit.image, Nodes.position(unit))); }
        <COMMA> value = Value() { operands.add(value); }
        <COMMA> value = Value() { operands.add(value); }
        <RPAREN> { return MySqlForms.special(word, since(word), operands); }
    |
        LOOKAHEAD({ MySqlForms.is(word, "substring") || MySqlForms.is(word, "substr") || MySqlForms.is(word, "mid") })
        value = Value() { operands.add(value); }
        (
            LOOKAHEAD({ at(COMMA) || atWord("from") || atWord("for") })
            AnyToken() value = Value() { operands.add(value); }
        )*
        <RPAREN> { return MySqlForms.special(word, since(word), operands); }
    |
        LOOKAHEAD({ MySqlForms.is(word, "weight_string") })
        value = Value() { operands.add(value); }
        (
            LOOKAHEAD({ at(LPAREN) || at(COMMA) || at(IDENTIFIER) || at(DECIMAL_NUMERIC_LITERAL) })
            ( LOOKAHEAD({ at(LPAREN) }) <LPAREN> <DECIMAL_NUMERIC_LITERAL> <RPAREN> | LOOKAHEAD({ true }) AnyToken() )
        )*
        <RPAREN> { return MySqlForms.special(word, since(word), operands); }
    |
        LOOKAHEAD({ MySqlForms.is(word, "json_value") })
        value = Value() { operands.add(value); } <COMMA> value = Value() { operands.add(value); }
        [ LOOKAHEAD({ atWord("returning") }) AnyToken() Type() ]
        (
            LOOKAHEAD({ !at(RPAREN) }) value = OnJsonError() { operands.add(value); }
        )*
        <RPAREN> { return MySqlForms.special(word, since(word), operands); }
    |
        LOOKAHEAD({ MySqlForms.is(word, "setval") })
        value = TablePath() { operands.add(Form.SEQUENCE.node(since(value), value)); }
        ( LOOKAHEAD({ at(COMMA) }) <COMMA> value = Value() { operands.add(value); } )*
        <RPAREN>
        { need(operands.size() >= 2 && operands.size() <= 4); return MySqlForms.special(word, since(word), operands); }
    |
        LOOKAHEAD({ true })
        value = TablePath() <RPAREN> { return Form.SEQUENCE.node(since(word), value); }
    )
}

/** {@code DEFAULT 1 ON EMPTY} and the like. */
SqlNode OnJsonError() :
{
    SqlNode value;
}
{
    (
        LOOKAHEAD({ atWord("default") }) AnyToken() value = Primary()
    |
        LOOKAHEAD({ true }) AnyToken() { value = Form.DEFAULT.node(here()); }
    )
    { expect("on"); if (!accept("empty")) { expect("error"); } return value; }
}

/** A type, as CAST and JSON_TABLE name it. */
SqlDataTypeSpec Type() :
{
    final Token first;
}
{
    { first = getToken(1); }
    TypeWords()
    [ LOOKAHEAD({ at(LPAREN) }) <LPAREN> <DECIMAL_NUMERIC_LITERAL> [ <COMMA> <DECIMAL_NUMERIC_LITERAL> ] <RPAREN> ]
    ( LOOKAHEAD({ atWord(MySqlForms.TYPE_SUFFIXES) }) TypeSuffix() )*
    { return MySqlForms.type(first, since(first)); }
}

JAVACODE
void TypeWords() {
    need(atWord(MySqlForms.TYPES) || (modes().isMariaDb() && atName()));
    Token first = getNextToken();
    if (MySqlForms.is(first, "signed") || MySqlForms.is(first, "unsigned")) {
        accept("integer");
        accept("int");
    } else if (MySqlForms.is(first, "double")) {
        accept("precision");
    } else if (MySqlForms.is(first, "national")) {
        accept("char");
        accept("character");
    } else if (MySqlForms.is(first, "interval")) {
        Unit();
        if (accept("to")) {
            Unit();
        }
    }
}

void TypeSuffix() :
{
}
{
    LOOKAHEAD({ atWord("character") || atWord("charset") }) CharacterSet()
|
    LOOKAHEAD({ atWord("collate") }) AnyToken() CharacterSetName()
|
    LOOKAHEAD({ true }) AnyToken()
}

void CharacterSet() :
{
}
{
    { if (accept("character")) { expect("set"); } else { expect("charset"); } }
    CharacterSetName()
}
