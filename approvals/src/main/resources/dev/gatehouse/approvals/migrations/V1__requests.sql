-- Requests, votes, and the statements that wait. The same for H2 and PostgreSQL.

-- One row, locked by who brings a statement to the desk: so one thing is asked once, and limits hold exactly.
CREATE TABLE approval_desk (
    id INTEGER PRIMARY KEY
);
INSERT INTO approval_desk (id) VALUES (1);

CREATE TABLE approval_request (
    id           VARCHAR(32) PRIMARY KEY,
    version      BIGINT NOT NULL,                          -- rises with each change
    state        VARCHAR(16) NOT NULL,                     -- pending, approved, claimed, rejected, expired, withdrawn
    same         VARCHAR(64) NOT NULL,                     -- equal for the same statement of the same identity
    identity     VARCHAR(512) NOT NULL,
    flow         VARCHAR(512) NOT NULL,
    characters   BIGINT NOT NULL,                          -- of the text and its values
    stays        BOOLEAN NOT NULL,                         -- whether it may outlive those who wait
    session      BIGINT NOT NULL,                          -- of the statement that opened it
    decision     BIGINT NOT NULL,
    policy       VARCHAR(512) NOT NULL,                    -- its version when this was asked
    asked_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,     -- all times by this server's clock
    deadline     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    run_until    TIMESTAMP(6) WITH TIME ZONE,              -- of an approval
    ended_at     TIMESTAMP(6) WITH TIME ZONE,
    reason       TEXT NOT NULL,                            -- of a withdrawal
    claimed_by   BIGINT,                                   -- the decision of the one statement it was spent on
    claimed_at   TIMESTAMP(6) WITH TIME ZONE,
    gateway      VARCHAR(512),                             -- that let the statement through
    result       TEXT,                                     -- what the server answered; null while that is not known
    document     TEXT NOT NULL                             -- all that reviewers are shown, JSON
);
CREATE INDEX approval_request_same ON approval_request (same, state);
CREATE INDEX approval_request_state ON approval_request (state, deadline);
CREATE INDEX approval_request_ended ON approval_request (ended_at);
CREATE INDEX approval_request_claimed ON approval_request (claimed_by);

CREATE TABLE approval_vote (
    request  VARCHAR(32) NOT NULL REFERENCES approval_request (id) ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    approves BOOLEAN NOT NULL,
    reviewer VARCHAR(512) NOT NULL,
    who      VARCHAR(512) NOT NULL,                        -- the reviewer in small letters: one person votes once
    operator BOOLEAN NOT NULL,
    via      VARCHAR(512) NOT NULL,
    comment  TEXT NOT NULL,
    at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (request, number),
    UNIQUE (request, who, approves)
);

CREATE TABLE approval_place (
    request  VARCHAR(32) NOT NULL REFERENCES approval_request (id) ON DELETE CASCADE,
    decision BIGINT NOT NULL,                              -- of the statement that waits
    gateway  VARCHAR(512) NOT NULL,
    until_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,         -- after that nobody waits there, should the gateway die
    PRIMARY KEY (request, decision)
);
