<#-- The standard's functions for XML, which are told as calls with their values. -->

SqlNode XmlCall() :
{
    final Token word;
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNode value;
    SqlNodeList list;
    SqlDataTypeSpec type;
}
{
    word = <XMLCONCAT> <LPAREN> list = Values() <RPAREN> { return PgForms.special(word, since(word), list); }
|
    word = <XMLFOREST> <LPAREN> XmlAttributes(values) <RPAREN> { return PgForms.special(word, since(word), values); }
|
    word = <XMLELEMENT> <LPAREN> <NAME> NameValue(values)
    [
        LOOKAHEAD({ at(COMMA) && ahead(2).is(XMLATTRIBUTES) })
        <COMMA> <XMLATTRIBUTES> <LPAREN> XmlAttributes(values) <RPAREN>
    ]
    ( <COMMA> value = Value() { values.add(value); } )*
    <RPAREN> { return PgForms.special(word, since(word), values); }
|
    word = <XMLEXISTS> <LPAREN> value = Primary() { values.add(value); } XmlPassing(values) <RPAREN>
    { return PgForms.special(word, since(word), values); }
|
    word = <XMLPARSE> <LPAREN> ( <DOCUMENT> | <CONTENT> ) value = Value()
    [ ( <PRESERVE> | <STRIP> ) Word("whitespace") ]
    <RPAREN> { return PgForms.special(word, since(word), value); }
|
    word = <XMLPI> <LPAREN> <NAME> NameValue(values)
    [ <COMMA> value = Value() { values.add(value); } ]
    <RPAREN> { return PgForms.special(word, since(word), values); }
|
    word = <XMLROOT> <LPAREN> value = Value() { values.add(value); }
    <COMMA> <VERSION> ( LOOKAHEAD({ atWords("no", "value") }) <NO> <VALUE> | value = Value() { values.add(value); } )
    [ <COMMA> <STANDALONE> ( <YES> | <NO> [ <VALUE> ] ) ]
    <RPAREN> { return PgForms.special(word, since(word), values); }
|
    word = <XMLSERIALIZE> <LPAREN> ( <DOCUMENT> | <CONTENT> ) value = Value() <AS> type = Type()
    [ [ <NO> ] <INDENT> ]
    <RPAREN> { return Nodes.call(SqlStdOperatorTable.CAST, since(word), PgForms.special(word, since(word), value), type); }
}

JAVACODE
void NameValue(List<SqlNode> values) {
    values.add(Nodes.string(Label()));
}

void XmlAttributes(List<SqlNode> values) :
{
}
{
    XmlAttribute(values) ( <COMMA> XmlAttribute(values) )*
}

void XmlAttribute(List<SqlNode> values) :
{
    SqlNode value;
    final Token name;
}
{
    value = Value()
    [
        <AS> name = Label()
        { value = Nodes.call(SqlStdOperatorTable.ARGUMENT_ASSIGNMENT, since(value), value, Nodes.name(name)); }
    ]
    { values.add(value); }
}

/** {@code PASSING BY VALUE document BY VALUE}. */
void XmlPassing(List<SqlNode> values) :
{
    final SqlNode value;
}
{
    <PASSING> [ XmlMechanism() ] value = Primary() { values.add(value); } [ XmlMechanism() ]
}

void XmlMechanism() :
{
}
{
    <BY> ( <REF> | <VALUE> )
}

/** XMLTABLE, with its columns. */
SqlNode XmlTable() :
{
    final Token word;
    final List<SqlNode> values = new ArrayList<SqlNode>();
    final List<SqlNode> columns = new ArrayList<SqlNode>();
    SqlNode value;
}
{
    word = <XMLTABLE> <LPAREN>
    [
        LOOKAHEAD({ at(XMLNAMESPACES, LPAREN) })
        <XMLNAMESPACES> <LPAREN> XmlNamespace(values) ( <COMMA> XmlNamespace(values) )* <RPAREN> <COMMA>
    ]
    value = Primary() { values.add(value); }
    XmlPassing(values)
    <COLUMNS> XmlColumn(columns, values) ( <COMMA> XmlColumn(columns, values) )*
    <RPAREN>
    { return PgForms.tableOf(word, since(word), values, columns); }
}

void XmlNamespace(List<SqlNode> values) :
{
    final SqlNode value;
}
{
    LOOKAHEAD({ at(DEFAULT_) }) <DEFAULT_> value = RestrictedValue() { values.add(value); }
|
    value = RestrictedValue() <AS> Label() { values.add(value); }
}

void XmlColumn(List<SqlNode> columns, List<SqlNode> values) :
{
    final SqlIdentifier name;
    SqlDataTypeSpec type = null;
    SqlNode value;
}
{
    name = SimpleName()
    (
        LOOKAHEAD({ at(FOR) }) <FOR> <ORDINALITY>
    |
        type = Type()
        (
            <DEFAULT_> value = RestrictedValue() { values.add(value); }
        |   <PATH> value = RestrictedValue() { values.add(value); }
        |   <NOT> <NULL>
        |   <NULL>
        )*
    )
    { columns.add(Form.COLUMN.node(since(name), name, type)); }
}
