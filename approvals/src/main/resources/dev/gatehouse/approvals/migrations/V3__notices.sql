-- Who has been told what of the requests. The same for H2 and PostgreSQL.

CREATE TABLE approval_hook (
    name  VARCHAR(512) PRIMARY KEY,
    since TIMESTAMP(6) WITH TIME ZONE NOT NULL             -- what was asked for before it is not told of
);

CREATE TABLE approval_notice (
    request  VARCHAR(32) NOT NULL REFERENCES approval_request (id) ON DELETE CASCADE,
    hook     VARCHAR(512) NOT NULL,
    told     INTEGER NOT NULL,                             -- how many of the request's events
    attempts INTEGER NOT NULL,                             -- at the next one
    next_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,         -- not to be tried before; while one gateway tries, for the others
    PRIMARY KEY (request, hook)
);
CREATE INDEX approval_notice_next ON approval_notice (hook, next_at);
CREATE INDEX approval_request_asked ON approval_request (asked_at);
