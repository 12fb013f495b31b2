SqlNode StatementEof() :
{
    final SqlNode statement;
}
{
    statement = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) <EOF> { return statement; }
}
