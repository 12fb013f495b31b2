<#-- Types. Of their modifiers, which may cut a value, the name of the type tells that there are some. -->

SqlDataTypeSpec Type() :
{
    SqlIdentifier name;
    SqlDataTypeSpec type;
    int links = 0;
}
{
    [ LOOKAHEAD({ at(SETOF) }) <SETOF> ]
    (
        LOOKAHEAD({ PgTypes.isKeyWordType(ahead(1)) }) name = KeyWordType()
        [ LOOKAHEAD({ name.getSimple().equals("interval") && atIntervalField() }) IntervalFields() ]
    |
        name = TypePath() [ LOOKAHEAD({ at(LPAREN) }) Modifiers() { name = PgTypes.modified(name); } ]
    )
    { type = PgTypes.type(name); }
    (
        LOOKAHEAD({ at(LBRACKET) || at(ARRAY) })
        (
            <LBRACKET> [ <DECIMAL_NUMERIC_LITERAL> ] <RBRACKET>
        |
            <ARRAY> [ LOOKAHEAD({ at(LBRACKET) }) <LBRACKET> <DECIMAL_NUMERIC_LITERAL> <RBRACKET> ]
        )
        { link(++links); type = PgTypes.array(type); }
    )*
    { return type; }
}

JAVACODE
SqlIdentifier TypePath() {
    if (!ahead(1).isRoutineName() && !(ahead(1).isName() && ahead(2).is(DOT))) {
        throw unexpected();
    }
    List<Token> parts = new ArrayList<Token>();
    parts.add(getNextToken());
    while (at(DOT)) {
        getNextToken();
        parts.add(Label());
    }
    return Nodes.name(parts);
}

/** A type whose name is a key word, with the words that belong to it. */
SqlIdentifier KeyWordType() :
{
    final Token first;
    final StringBuilder words;
}
{
    { first = getToken(1); words = new StringBuilder(first.image); }
    AnyToken()
    (
        LOOKAHEAD({ first.image.equals("double") }) <PRECISION> { words.append(" precision"); }
    |
        LOOKAHEAD({ first.image.equals("national") }) ( <CHAR> | <CHARACTER> ) { words.append(" character"); }
    |
        { }
    )
    [
        LOOKAHEAD({ first.image.matches("bit|char|character|national|nchar") && at(VARYING) })
        <VARYING> { words.append(" varying"); }
    ]
    [
        LOOKAHEAD({ at(LPAREN) && !first.image.matches("bigint|boolean|double|int|integer|json|real|smallint") })
        Modifiers() { words.append(PgTypes.MODIFIED); }
    ]
    [
        LOOKAHEAD({ first.image.matches("time|timestamp") && (at(WITH) || at(WITHOUT))
            && ahead(2).isWord("time") && ahead(3).isWord("zone") })
        ( <WITH> { words.append(" with"); } | <WITHOUT> { words.append(" without"); } )
        <TIME> <ZONE> { words.append(" time zone"); }
    ]
    { return new SqlIdentifier(words.toString(), since(first)); }
}

/** {@code (10, 2)} after a type. */
void Modifiers() :
{
}
{
    <LPAREN> Modifier() ( <COMMA> Modifier() )* <RPAREN>
}

void Modifier() :
{
}
{
    LOOKAHEAD({ atName() }) AnyToken()
|
    [ <MINUS> ] <DECIMAL_NUMERIC_LITERAL>
|
    <QUOTED_STRING>
}

/** {@code DAY TO SECOND} after {@code interval} or after its literal. */
void IntervalFields() :
{
}
{
    IntervalField() [ LOOKAHEAD({ at(TO) }) <TO> IntervalField() ]
}

void IntervalField() :
{
}
{
    <YEAR> | <MONTH> | <DAY> | <HOUR> | <MINUTE>
|
    <SECOND> [ LOOKAHEAD({ at(LPAREN) }) <LPAREN> <DECIMAL_NUMERIC_LITERAL> <RPAREN> ]
}

/** {@code date '2000-01-01'}: a string with its type before it. */
SqlNode TypedLiteral() :
{
    final Token first;
    final Token literal;
    final SqlIdentifier name;
}
{
    { first = getToken(1); }
    (
        LOOKAHEAD({ PgTypes.isKeyWordType(ahead(1)) }) name = KeyWordType()
    |
        name = TypePath() [ <LPAREN> Modifier() ( <COMMA> Modifier() )* <RPAREN> ]
    )
    literal = <QUOTED_STRING>
    [ LOOKAHEAD({ first.image.equals("interval") && atIntervalField() }) IntervalFields() ]
    { return Nodes.call(SqlStdOperatorTable.CAST, since(first), Nodes.string(literal), PgTypes.type(name)); }
}
