<#-- Names, and words that are no key words of the template. -->

JAVACODE
Token AnyToken() {
    return getNextToken();
}

/* A word that the template has other uses for. */
JAVACODE
void Word(String word) {
    if (!atWord(word)) {
        throw unexpected();
    }
    getNextToken();
}

/* A name of a column or a table: ColId. */
JAVACODE
Token Name() {
    if (!atName()) {
        throw unexpected();
    }
    return getNextToken();
}

/* Any word: ColLabel. */
JAVACODE
Token Label() {
    if (!atLabel()) {
        throw unexpected();
    }
    return getNextToken();
}

/** A name with a schema, maybe: {@code any_name}, {@code qualified_name}. */
SqlIdentifier Path() :
{
    final List<Token> parts = new ArrayList<Token>();
    Token part;
}
{
    part = Name() { parts.add(part); }
    ( LOOKAHEAD({ at(DOT) }) <DOT> part = Label() { parts.add(part); } )*
    { return Nodes.name(parts); }
}

SqlIdentifier SimpleName() :
{
    final Token token;
}
{
    token = Name() { return Nodes.name(token); }
}

/** Names in parentheses. */
SqlNodeList NameList() :
{
    final Token first;
    final List<SqlNode> names = new ArrayList<SqlNode>();
    SqlIdentifier name;
}
{
    first = <LPAREN> name = SimpleName() { names.add(name); }
    ( <COMMA> name = SimpleName() { names.add(name); } )*
    <RPAREN>
    { return Nodes.list(names, since(first)); }
}
