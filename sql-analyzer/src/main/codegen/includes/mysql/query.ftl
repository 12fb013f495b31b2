<#-- Queries. -->

/** A query with its order, its bounds, its locks, and where its rows go. */
SqlNode OrderedQuery() :
{
    SqlNode query;
    SqlNodeList order = null;
    final MySqlBounds bounds = new MySqlBounds();
    SqlNode lock;
    SqlNode into;
    final List<SqlNode> locks = new ArrayList<SqlNode>();
}
{
    query = Combination()
    [ LOOKAHEAD({ atWord("order") }) order = OrderClause() ]
    (
        LOOKAHEAD({ atWord(MySqlBounds.WORDS) })
        (
            LOOKAHEAD({ atWord("limit") }) Limit(bounds)
        |   LOOKAHEAD({ atWord("into") }) into = Into() { query = MySqlForms.into(query, into); }
        |   LOOKAHEAD({ atWord("for") || atWord("lock") }) lock = Lock() { locks.add(lock); }
        |   LOOKAHEAD({ true }) OffsetFetch(bounds)
        )
    )*
    {
        query = bounds.around(since(query), query, order);
        return locks.isEmpty()
            ? query
            : Form.LOCKING.node(since(query), query, Nodes.list(locks, since(query)));
    }
}

/** {@code LIMIT a, b}, {@code LIMIT b OFFSET a}, and MariaDB's ROWS EXAMINED. */
void Limit(MySqlBounds bounds) :
{
    SqlNode value;
}
{
    AnyToken()
    [
        LOOKAHEAD({ !atWords("rows", "examined") })
        value = Bound() { bounds.fetch(value); }
        [ LOOKAHEAD({ at(COMMA) }) <COMMA> value = Bound() { bounds.afterComma(value); } ]
        [ LOOKAHEAD({ atWord("offset") }) AnyToken() value = Bound() { bounds.offset(value); } ]
    ]
    [ LOOKAHEAD({ atWords("rows", "examined") }) AnyToken() AnyToken() Bound() ]
}

/** {@code OFFSET a ROWS FETCH FIRST b ROWS ONLY}. */
void OffsetFetch(MySqlBounds bounds) :
{
    SqlNode value;
}
{
    LOOKAHEAD({ atWord("offset") })
    AnyToken() value = Bound() { bounds.offset(value); if (!accept("row")) { expect("rows"); } }
|
    LOOKAHEAD({ true })
    AnyToken() { if (!accept("first")) { expect("next"); } }
    [
        LOOKAHEAD({ !atWord("row") && !atWord("rows") })
        value = Bound() { bounds.fetch(value); }
    ]
    {
        bounds.fetchOne(here());
        if (!accept("row")) {
            expect("rows");
        }
        if (!accept("only")) {
            expect("with", "ties");
        }
    }
}

/** A number of rows: a number, a parameter or a variable of a routine. */
SqlNode Bound() :
{
    final Token token;
    SqlNode value;
}
{
    token = <DECIMAL_NUMERIC_LITERAL> { return MySqlForms.number(token); }
|
    LOOKAHEAD({ at(dev.gatehouse.analyzer.lexer.Token.Sort.PARAMETER) }) token = AnyToken()
    { return MySqlForms.parameter(token); }
|
    LOOKAHEAD({ true }) value = ColumnPath() { return value; }
}

/** {@code FOR UPDATE OF t NOWAIT}, {@code LOCK IN SHARE MODE}. */
SqlNode Lock() :
{
    final Token first;
    String strength = "SHARE";
    String waits = "";
    final List<SqlNode> tables = new ArrayList<SqlNode>();
    SqlNode table;
}
{
    first = AnyToken()
    {
        if (first.image.equalsIgnoreCase("lock")) {
            expect("in", "share", "mode");
        } else if (accept("update")) {
            strength = "UPDATE";
        } else {
            expect("share");
        }
    }
    [
        LOOKAHEAD({ atWord("of") }) AnyToken() table = TablePath() { tables.add(table); }
        ( LOOKAHEAD({ at(COMMA) }) <COMMA> table = TablePath() { tables.add(table); } )*
    ]
    { waits = accept("nowait") ? "NOWAIT" : atWords("skip", "locked") ? "SKIP LOCKED" : ""; skip("skip", "locked"); }
    [ LOOKAHEAD({ atWord("wait") }) AnyToken() Bound() ]
    {
        return Form.LOCK.node(since(first), Nodes.word(strength, since(first)), Nodes.list(tables, since(first)),
            Nodes.word(waits, since(first)));
    }
}

/** {@code INTO @a, @b} or a file. */
SqlNode Into() :
{
    final Token first;
    final Token file;
    final List<SqlNode> variables = new ArrayList<SqlNode>();
    SqlNode variable;
}
{
    first = AnyToken() { refuseInside(first); }
    (
        LOOKAHEAD({ atWord("outfile") }) AnyToken() file = <QUOTED_STRING>
        [ LOOKAHEAD({ atWord("character") || atWord("charset") }) CharacterSet() ]
        FileFormat()
        { return Form.INTO_FILE.node(since(first), Nodes.string(file)); }
    |
        LOOKAHEAD({ atWord("dumpfile") }) AnyToken() file = <QUOTED_STRING>
        { return Form.INTO_FILE.node(since(first), Nodes.string(file)); }
    |
        LOOKAHEAD({ true })
        variable = IntoVariable() { variables.add(variable); }
        ( LOOKAHEAD({ at(COMMA) }) <COMMA> variable = IntoVariable() { variables.add(variable); } )*
        { return Nodes.call(Form.INTO_VARIABLES, since(first), variables); }
    )
}

SqlNode IntoVariable() :
{
    final SqlNode variable;
}
{
    LOOKAHEAD({ at(dev.gatehouse.analyzer.lexer.Token.Sort.VARIABLE) }) variable = Variable() { return variable; }
|
    LOOKAHEAD({ true }) variable = ColumnPath() { return MySqlForms.local(variable); }
}

/** FIELDS and LINES of a file. */
void FileFormat() :
{
}
{
    [
        LOOKAHEAD({ atWord("fields") || atWord("columns") }) AnyToken() { need(atWord(MySqlForms.FIELD_FORMAT)); }
        ( LOOKAHEAD({ atWord(MySqlForms.FIELD_FORMAT) }) { if (accept("optionally")) { need(atWord("enclosed")); } } FormatText() )*
    ]
    [
        LOOKAHEAD({ atWord("lines") }) AnyToken() { need(atWord(MySqlForms.LINE_FORMAT)); }
        ( LOOKAHEAD({ atWord(MySqlForms.LINE_FORMAT) }) FormatText() )*
    ]
}

/** {@code TERMINATED BY ','} */
void FormatText() :
{
}
{
    { need(atWord(MySqlForms.FIELD_FORMAT) || atWord(MySqlForms.LINE_FORMAT)); } AnyToken() { expect("by"); }
    (
        LOOKAHEAD({ at(DECIMAL_NUMERIC_LITERAL) }) <DECIMAL_NUMERIC_LITERAL>
    |   <QUOTED_STRING>
    )
}

/** Queries joined by UNION and EXCEPT, which bind less than INTERSECT. */
SqlNode Combination() :
{
    SqlNode query;
    SqlNode other;
    Token word;
    boolean all;
    int links = 0;
}
{
    query = Intersection()
    (
        LOOKAHEAD({ atWord("union") || atWord("except") || atWord("minus") })
        word = AnyToken() { link(++links); all = accept("all"); if (!all) { accept("distinct"); } }
        other = Intersection()
        { query = Nodes.call(MySqlForms.combination(word, all), since(query), query, other); }
    )*
    { return query; }
}

SqlNode Intersection() :
{
    SqlNode query;
    SqlNode other;
    Token word;
    boolean all;
    int links = 0;
}
{
    query = QueryTerm()
    (
        LOOKAHEAD({ atWord("intersect") })
        word = AnyToken() { link(++links); all = accept("all"); if (!all) { accept("distinct"); } }
        other = QueryTerm()
        { query = Nodes.call(MySqlForms.combination(word, all), since(query), query, other); }
    )*
    { return query; }
}

SqlNode QueryTerm() :
{
    final Token first;
    final SqlNode query;
}
{
    LOOKAHEAD({ atWord("select") }) query = SelectClause() { return query; }
|
    LOOKAHEAD({ atWord("values") }) query = ValuesClause() { return query; }
|
    LOOKAHEAD({ atWord("table") && !modes().isMariaDb() }) first = AnyToken() query = TablePath()
    { return Nodes.call(SqlStdOperatorTable.EXPLICIT_TABLE, since(first), query); }
|
    <LPAREN> query = AnyQuery() <RPAREN> { return query; }
}

/** {@code VALUES (1, 2), (3, 4)}, in MySQL with ROW before each. */
SqlNode ValuesClause() :
{
    final Token first;
    final List<SqlNode> rows = new ArrayList<SqlNode>();
    SqlNode row;
}
{
    first = AnyToken() { refuseRow(); } row = ValuesRow() { rows.add(row); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> { refuseRow(); } row = ValuesRow() { rows.add(row); } )*
    { return Nodes.call(SqlStdOperatorTable.VALUES, since(first), rows); }
}

/* MariaDB says no ROW before the rows of VALUES. */
JAVACODE
void refuseRow() {
    need(!atWord("row") || !modes().isMariaDb());
}

SqlNode ValuesRow() :
{
    final Token first;
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNode value;
}
{
    { first = getToken(1); accept("row"); }
    <LPAREN>
    [
        LOOKAHEAD({ !at(RPAREN) })
        value = ValueOrDefault() { values.add(value); }
        ( <COMMA> value = ValueOrDefault() { values.add(value); } )*
    ]
    <RPAREN>
    { return Nodes.call(SqlStdOperatorTable.ROW, since(first), values); }
}

SqlNode ValueOrDefault() :
{
    final SqlNode value;
}
{
    LOOKAHEAD({ (atWord("default") || atWord("ignore")) && !ahead(2).is(LPAREN) })
    AnyToken() { return Form.DEFAULT.node(here()); }
|
    LOOKAHEAD({ true }) value = Value() { return value; }
}

SqlNode SelectClause() :
{
    final Token first;
    SqlNodeList keywords = null;
    SqlNodeList items;
    SqlNode into = null;
    SqlNode from = null;
    SqlNode where = null;
    SqlNodeList group = null;
    SqlNode having = null;
    SqlNodeList windows = null;
}
{
    first = AnyToken()
    {
        hint();
        while (atWord(MySqlForms.SELECT_OPTIONS)) {
            if (getNextToken().image.toLowerCase(java.util.Locale.ROOT).startsWith("distinct")) {
                keywords = Nodes.distinct(here());
            }
        }
    }
    items = Items()
    [ LOOKAHEAD({ atWord("into") }) into = Into() ]
    [
        LOOKAHEAD({ atWord("from") }) AnyToken()
        ( LOOKAHEAD({ atWord("dual") }) AnyToken() | LOOKAHEAD({ true }) from = FromList() )
    ]
    [ LOOKAHEAD({ atWord("where") }) AnyToken() where = Value() ]
    [ LOOKAHEAD({ atWord("group") }) group = GroupClause() ]
    [ LOOKAHEAD({ atWord("having") }) AnyToken() having = Value() ]
    [ LOOKAHEAD({ atWord("window") }) windows = Windows() ]
    {
        if (atWord("procedure")) {
            throw new Unreadable("PROCEDURE after a query", ahead(1).beginColumn);
        }
        return new Select(since(first), keywords, items, from, where, group, having, windows, null, into);
    }
}

SqlNodeList Items() :
{
    final Token first;
    final List<SqlNode> items = new ArrayList<SqlNode>();
    SqlNode item;
}
{
    { first = getToken(1); }
    item = Item() { items.add(item); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> item = Item() { items.add(item); } )*
    { return Nodes.list(items, since(first)); }
}

SqlNode Item() :
{
    final SqlNode value;
    final Token name;
}
{
    LOOKAHEAD({ at(STAR) }) <STAR> { return SqlIdentifier.star(here()); }
|
    LOOKAHEAD({ atQualifiedStar() }) value = QualifiedStar() { return value; }
|
    LOOKAHEAD({ true }) value = Value()
    (
        LOOKAHEAD({ atWord("as") || atName() || at(QUOTED_STRING) }) { accept("as"); } name = ItemName()
        { return Nodes.as(value, name); }
    |
        { return value; }
    )
}

/** {@code t.*} or {@code db.t.*}. */
SqlNode QualifiedStar() :
{
    final SqlIdentifier row;
}
{
    row = Path() <DOT> <STAR> { return Nodes.item(Nodes.fields(row, since(row))); }
}

/** The name of a result column, which may be a string. */
JAVACODE
Token ItemName() {
    if (!atName() && !at(QUOTED_STRING)) {
        throw unexpected();
    }
    return getNextToken();
}

SqlNodeList GroupClause() :
{
    final Token first;
    final List<SqlNode> keys = new ArrayList<SqlNode>();
    SqlNode key;
}
{
    first = AnyToken() { expect("by"); }
    key = SortKey() { keys.add(key); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> key = SortKey() { keys.add(key); } )*
    [
        LOOKAHEAD({ atWords("with", "rollup") }) AnyToken() AnyToken()
        { return SqlNodeList.of(Nodes.call(SqlStdOperatorTable.ROLLUP, since(first), keys)); }
    ]
    { return Nodes.list(keys, since(first)); }
}

SqlNodeList OrderClause() :
{
    final Token first;
    final List<SqlNode> keys = new ArrayList<SqlNode>();
    SqlNode key;
}
{
    first = AnyToken() { expect("by"); }
    key = SortKey() { keys.add(key); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> key = SortKey() { keys.add(key); } )*
    { return Nodes.list(keys, since(first)); }
}

SqlNode SortKey() :
{
    final SqlNode key;
}
{
    key = Value()
    {
        if (accept("desc")) {
            return Nodes.call(SqlStdOperatorTable.DESC, since(key), key);
        }
        accept("asc");
        return key;
    }
}

/* ---- windows ---- */

SqlNodeList Windows() :
{
    final Token first;
    final List<SqlNode> windows = new ArrayList<SqlNode>();
    SqlNode window;
}
{
    first = AnyToken()
    window = NamedWindow() { windows.add(window); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> window = NamedWindow() { windows.add(window); } )*
    { return Nodes.list(windows, since(first)); }
}

SqlNode NamedWindow() :
{
    final SqlIdentifier name;
    final SqlNode window;
}
{
    name = SimpleName() { expect("as"); } window = WindowDefinition(name) { return window; }
}

SqlNode WindowDefinition(SqlIdentifier name) :
{
    final Token first;
    SqlIdentifier reference = null;
    SqlNodeList partition;
    SqlNodeList order;
    final MySqlFrame frame = new MySqlFrame();
}
{
    first = <LPAREN> { partition = new SqlNodeList(since(first)); order = new SqlNodeList(since(first)); }
    [
        LOOKAHEAD({ atName() && !atWord(MySqlFrame.WORDS) }) reference = SimpleName()
    ]
    [ LOOKAHEAD({ atWord("partition") }) AnyToken() { expect("by"); } partition = Keys() ]
    [ LOOKAHEAD({ atWord("order") }) order = OrderClause() ]
    [ LOOKAHEAD({ atWord("range") || atWord("rows") }) WindowFrame(frame) ]
    <RPAREN>
    { return frame.window(name, reference, partition, order, since(first)); }
}

SqlNodeList Keys() :
{
    final Token first;
    final List<SqlNode> keys = new ArrayList<SqlNode>();
    SqlNode key;
}
{
    { first = getToken(1); }
    key = SortKey() { keys.add(key); }
    ( LOOKAHEAD({ at(COMMA) }) <COMMA> key = SortKey() { keys.add(key); } )*
    { return Nodes.list(keys, since(first)); }
}

void WindowFrame(MySqlFrame frame) :
{
    SqlNode bound;
}
{
    { frame.rows(atWord("rows")); } AnyToken()
    (
        LOOKAHEAD({ atWord("between") })
        AnyToken() bound = FrameBound() { frame.lower(bound); expect("and"); }
        bound = FrameBound() { frame.upper(bound); }
    |
        LOOKAHEAD({ true }) bound = FrameBound() { frame.lower(bound); need(!MySqlForms.isAfter(getToken(0))); }
    )
    [ LOOKAHEAD({ atWord("exclude") }) AnyToken() { frame.exclude(this); } ]
}

SqlNode FrameBound() :
{
    final SqlNode distance;
}
{
    LOOKAHEAD({ atWord("unbounded") })
    AnyToken()
    {
        if (accept("preceding")) {
            return SqlWindow.createUnboundedPreceding(here());
        }
        expect("following");
        return SqlWindow.createUnboundedFollowing(here());
    }
|
    LOOKAHEAD({ atWords("current", "row") }) AnyToken() AnyToken() { return SqlWindow.createCurrentRow(here()); }
|
    LOOKAHEAD({ true }) { need(!modes().isMariaDb() || at(DECIMAL_NUMERIC_LITERAL)); } distance = Operation(MySqlPower.OR_POWER)
    {
        if (accept("preceding")) {
            return SqlWindow.createPreceding(distance, since(distance));
        }
        expect("following");
        return SqlWindow.createFollowing(distance, since(distance));
    }
}
