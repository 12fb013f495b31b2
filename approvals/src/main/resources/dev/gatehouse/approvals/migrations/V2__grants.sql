-- What people may do for a while because others said so. Each was asked for by a request. The same for H2 and PostgreSQL.

CREATE TABLE approval_grant (
    request    VARCHAR(32) PRIMARY KEY REFERENCES approval_request (id) ON DELETE CASCADE,
    rule       VARCHAR(512) NOT NULL,                      -- the grant of the policy
    identity   VARCHAR(512) NOT NULL,                      -- who holds it
    seconds    BIGINT NOT NULL,                            -- how long it lasts from its approval on
    most_uses  BIGINT NOT NULL,                            -- how many statements it is good for; 0 for any number
    uses       BIGINT NOT NULL,
    until_at   TIMESTAMP(6) WITH TIME ZONE,                -- null before it is approved
    revoked_at TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX approval_grant_until ON approval_grant (until_at);
