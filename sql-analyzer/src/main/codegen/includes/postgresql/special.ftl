<#-- What is called like a function and has a syntax of its own. -->

SqlNode SpecialCall() :
{
    final Token word;
    SqlNode value;
    SqlNodeList values;
    final SqlDataTypeSpec type;
}
{
    word = <CAST> <LPAREN> value = Value() <AS> type = Type() <RPAREN>
    { return Nodes.call(SqlStdOperatorTable.CAST, since(word), value, type); }
|
    word = <TREAT> <LPAREN> value = Value() <AS> type = Type() <RPAREN>
    { return Nodes.call(SqlStdOperatorTable.CAST, since(word), value, type); }
|
    word = <EXISTS> <LPAREN> value = AnyQuery() <RPAREN>
    { return Nodes.call(SqlStdOperatorTable.EXISTS, since(word), value); }
|
    ( <COALESCE> | <GREATEST> | <LEAST> | <NULLIF> | <GROUPING> ) { word = getToken(0); }
    <LPAREN> values = Values() <RPAREN>
    { return Nodes.call(PgForms.listCall(word, values), since(word), values.getList()); }
|
    word = <COLLATION> <FOR> <LPAREN> value = Value() <RPAREN>
    { return PgForms.special(word, since(word), value); }
|
    word = <EXTRACT> value = Extracted(word) { return value; }
|
    word = <NORMALIZE> <LPAREN> value = Value()
    [ <COMMA> ( <NFC> | <NFD> | <NFKC> | <NFKD> ) ]
    <RPAREN> { return PgForms.special(word, since(word), value); }
|
    word = <OVERLAY> value = Overlaid(word) { return value; }
|
    word = <POSITION> <LPAREN>
    value = RestrictedValue() { values = Nodes.list(new ArrayList<SqlNode>(), here()); values.add(value); }
    <IN> value = RestrictedValue() { values.add(value); } <RPAREN>
    { return PgForms.special(word, since(word), values); }
|
    word = <SUBSTRING> value = Substring(word) { return value; }
|
    word = <TRIM> value = Trimmed(word) { return value; }
|
    word = <MERGE_ACTION> <LPAREN> <RPAREN> { return PgForms.special(word, since(word)); }
|
    value = XmlCall() { return value; }
|
    value = JsonCall() { return value; }
}

/** {@code extract(year FROM t)}. */
SqlNode Extracted(Token word) :
{
    final Token field;
    final SqlNode value;
}
{
    <LPAREN>
    ( LOOKAHEAD({ atName() }) field = Name() | field = <QUOTED_STRING> )
    <FROM> value = Value() <RPAREN>
    { return PgForms.special(word, since(word), Nodes.string(field), value); }
}

/** {@code overlay(a PLACING b FROM c FOR d)}, or with commas. */
SqlNode Overlaid(Token word) :
{
    final List<SqlNode> arguments = new ArrayList<SqlNode>();
    SqlNode argument;
}
{
    <LPAREN>
    [
        LOOKAHEAD({ !at(RPAREN) })
        argument = Argument() { arguments.add(argument); }
        (
            <PLACING> argument = Value() { arguments.add(argument); }
            <FROM> argument = Value() { arguments.add(argument); }
            [ <FOR> argument = Value() { arguments.add(argument); } ]
        |
            ( <COMMA> argument = Argument() { arguments.add(argument); } )*
        )
    ]
    <RPAREN>
    { return PgForms.special(word, since(word), arguments); }
}

/** {@code substring(a FROM b FOR c)}, {@code substring(a SIMILAR b ESCAPE c)}, or with commas. */
SqlNode Substring(Token word) :
{
    final List<SqlNode> arguments = new ArrayList<SqlNode>();
    SqlNode argument;
}
{
    <LPAREN>
    [
        LOOKAHEAD({ !at(RPAREN) })
        argument = SubstringValue() { arguments.add(argument); }
        (
            <FROM> argument = Value() { arguments.add(argument); }
            [ <FOR> argument = Value() { arguments.add(argument); } ]
        |
            <FOR> argument = Value() { arguments.add(argument); }
            [ <FROM> argument = Value() { arguments.add(argument); } ]
        |
            <SIMILAR> argument = Value() { arguments.add(argument); }
            <ESCAPE> argument = Value() { arguments.add(argument); }
        |
            ( <COMMA> argument = Argument() { arguments.add(argument); } )*
        )
    ]
    <RPAREN>
    { return PgForms.special(word, since(word), arguments); }
}

/** The first argument of substring, after which SIMILAR is no operator. */
SqlNode SubstringValue() :
{
    final SqlNode value;
}
{
    LOOKAHEAD({ atNamedArgument() || at(VARIADIC) }) value = Argument() { return value; }
|
    value = Operation(Power.OR_POWER, false) { return value; }
}

/** {@code trim(BOTH a FROM b)}. */
SqlNode Trimmed(Token word) :
{
    final List<SqlNode> arguments = new ArrayList<SqlNode>();
    SqlNode argument;
}
{
    <LPAREN> [ <BOTH> | <LEADING> | <TRAILING> ]
    [ LOOKAHEAD({ !at(FROM) }) argument = Value() { arguments.add(argument); } ]
    [ <FROM> argument = Value() { arguments.add(argument); } ]
    ( <COMMA> argument = Value() { arguments.add(argument); } )*
    <RPAREN>
    { return PgForms.special(word, since(word), arguments); }
}
