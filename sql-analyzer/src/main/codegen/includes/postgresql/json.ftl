<#-- The standard's functions for JSON, which are told as calls with their values. -->

SqlNode JsonCall() :
{
    final Token word;
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNode value;
}
{
    word = <JSON> <LPAREN> JsonValue(values) UniqueKeys() <RPAREN> { return PgForms.special(word, since(word), values); }
|
    word = <JSON_SCALAR> <LPAREN> value = Value() <RPAREN> { return PgForms.special(word, since(word), value); }
|
    word = <JSON_SERIALIZE> <LPAREN> JsonValue(values) JsonReturning() <RPAREN>
    { return PgForms.special(word, since(word), values); }
|
    word = <JSON_OBJECT> <LPAREN> JsonObject(values) <RPAREN> { return PgForms.special(word, since(word), values); }
|
    word = <JSON_ARRAY> <LPAREN>
    (
        LOOKAHEAD({ atInnerQuery() }) value = AnyQuery() { values.add(value); } JsonFormat()
    |
        LOOKAHEAD({ at(RPAREN) || at(RETURNING) || at(NULL, ON) }) { }
    |
        JsonValue(values) ( <COMMA> JsonValue(values) )*
    )
    JsonNulls() JsonReturning() <RPAREN>
    { return PgForms.special(word, since(word), values); }
|
    ( <JSON_EXISTS> | <JSON_VALUE> | <JSON_QUERY> ) { word = getToken(0); } <LPAREN> JsonPath(values)
    JsonReturning() JsonWrapper() JsonBehaviors(values) <RPAREN>
    { return PgForms.special(word, since(word), values); }
|
    word = <JSON_OBJECTAGG> <LPAREN> JsonPair(values) JsonNulls() UniqueKeys() JsonReturning() <RPAREN>
    value = CallTail(PgForms.special(word, since(word), values)) { return value; }
|
    word = <JSON_ARRAYAGG> value = JsonArrayAggregate(word) value = CallTail(value) { return value; }
}

SqlNode JsonArrayAggregate(Token word) :
{
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNodeList order = null;
    SqlNode call;
}
{
    <LPAREN> JsonValue(values) [ order = OrderClause() ] JsonNulls() JsonReturning() <RPAREN>
    {
        call = PgForms.special(word, since(word), values);
        return order == null ? call : Form.ORDERED.node(since(word), call, order);
    }
}

/** What JSON_OBJECT is made from: pairs of the standard's, or the arguments of PostgreSQL's function of that name. */
void JsonObject(List<SqlNode> values) :
{
    SqlNode value;
}
{
    [
        LOOKAHEAD({ !at(RPAREN) && !at(RETURNING) })
        (
            LOOKAHEAD({ atNamedArgument() || at(VARIADIC) }) value = Argument() { values.add(value); }
            ( <COMMA> value = Argument() { values.add(value); } )*
        |
            value = Value() { values.add(value); }
            (
                ( <VALUE> | <COLON> ) JsonValue(values) ( <COMMA> JsonPair(values) )*
                JsonNulls() UniqueKeys()
            |
                ( <COMMA> value = Argument() { values.add(value); } )*
            )
        )
    ]
    JsonReturning()
}

void JsonPair(List<SqlNode> values) :
{
    final SqlNode name;
}
{
    name = Value() { values.add(name); } ( <VALUE> | <COLON> ) JsonValue(values)
}

/** A value, maybe with the format it is in. */
void JsonValue(List<SqlNode> values) :
{
    final SqlNode value;
}
{
    value = Value() { values.add(value); } JsonFormat()
}

void JsonFormat() :
{
}
{
    [ LOOKAHEAD({ atWords("format", "json") }) <FORMAT> <JSON> [ <ENCODING> Name() ] ]
}

/** {@code NULL ON NULL} or {@code ABSENT ON NULL}. */
void JsonNulls() :
{
}
{
    [ LOOKAHEAD({ ahead(2).is(ON) && ahead(3).is(NULL) }) ( <NULL> | <ABSENT> ) <ON> <NULL> ]
}

void JsonReturning() :
{
}
{
    [ LOOKAHEAD({ at(RETURNING) }) <RETURNING> Type() JsonFormat() ]
}

/** A document, the path into it, and the variables of the path. */
void JsonPath(List<SqlNode> values) :
{
    SqlNode value;
}
{
    JsonValue(values) <COMMA> value = Value() { values.add(value); }
    [ LOOKAHEAD({ at(PASSING) }) <PASSING> JsonVariable(values) ( <COMMA> JsonVariable(values) )* ]
}

void JsonVariable(List<SqlNode> values) :
{
}
{
    JsonValue(values) <AS> Label()
}

void JsonWrapper() :
{
}
{
    [
        LOOKAHEAD({ at(WITH) || at(WITHOUT) })
        (
            <WITHOUT> [ <ARRAY> ] <WRAPPER>
        |   <WITH> [ <CONDITIONAL> | <UNCONDITIONAL> ] [ <ARRAY> ] <WRAPPER>
        )
    ]
    [
        LOOKAHEAD({ at(KEEP) || at(OMIT) })
        ( <KEEP> | <OMIT> ) <QUOTES> [ <ON> <SCALAR> <STRING> ]
    ]
}

/** What is given in place of an error, or of nothing. */
void JsonBehaviors(List<SqlNode> values) :
{
}
{
    [ LOOKAHEAD({ atBehavior() }) JsonBehavior(values) [ LOOKAHEAD({ atBehavior() }) JsonBehavior(values) ] ]
}

void JsonBehavior(List<SqlNode> values) :
{
    final SqlNode value;
}
{
    (
        <DEFAULT_> value = Value() { values.add(value); }
    |   <ERROR> | <NULL> | <TRUE> | <FALSE> | <UNKNOWN>
    |   <EMPTY> [ <ARRAY> | <OBJECT> ]
    )
    <ON> ( <EMPTY> | <ERROR> )
}

/** JSON_TABLE, with its columns. */
SqlNode JsonTable() :
{
    final Token word;
    final List<SqlNode> values = new ArrayList<SqlNode>();
    final List<SqlNode> columns = new ArrayList<SqlNode>();
    SqlNode value;
}
{
    word = <JSON_TABLE> <LPAREN> JsonValue(values) <COMMA> value = Value() { values.add(value); }
    [ LOOKAHEAD({ at(AS) }) <AS> Name() ]
    [ LOOKAHEAD({ at(PASSING) }) <PASSING> JsonVariable(values) ( <COMMA> JsonVariable(values) )* ]
    JsonColumns(columns, values) JsonBehaviors(values)
    <RPAREN>
    { return PgForms.tableOf(word, since(word), values, columns); }
}

void JsonColumns(List<SqlNode> columns, List<SqlNode> values) :
{
}
{
    { enter(); }
    <COLUMNS> <LPAREN> JsonColumn(columns, values) ( <COMMA> JsonColumn(columns, values) )* <RPAREN>
    { leave(); }
}

void JsonColumn(List<SqlNode> columns, List<SqlNode> values) :
{
    final SqlIdentifier name;
    SqlDataTypeSpec type = null;
}
{
    LOOKAHEAD({ at(NESTED) && (ahead(2).isString() || ahead(2).is(PATH) && ahead(3).isString()) })
    <NESTED> [ <PATH> ] <QUOTED_STRING> [ <AS> Name() ] JsonColumns(columns, values)
|
    name = SimpleName()
    (
        LOOKAHEAD({ at(FOR) }) <FOR> <ORDINALITY>
    |
        type = Type() [ LOOKAHEAD({ at(EXISTS) }) <EXISTS> ] JsonFormat()
        [ LOOKAHEAD({ at(PATH) }) <PATH> <QUOTED_STRING> ]
        JsonWrapper() JsonBehaviors(values)
    )
    { columns.add(Form.COLUMN.node(since(name), name, type)); }
}
