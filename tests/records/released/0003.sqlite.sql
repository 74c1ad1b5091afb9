-- The schema of revision 0001 and a row in every table.
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    action VARCHAR(40) NOT NULL,
    user_id INTEGER,
    subject_id INTEGER,
    count INTEGER NOT NULL
);
CREATE INDEX ix_audit_at ON audit (at);
CREATE TABLE erasures (
    player_id INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    erased_at BIGINT NOT NULL,
    CONSTRAINT pk_erasures PRIMARY KEY (player_id, created_at)
);
CREATE TABLE groups (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(80) NOT NULL,
    age VARCHAR(8) NOT NULL,
    CONSTRAINT uq_groups_name UNIQUE (name)
);
CREATE TABLE plans (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(120) NOT NULL,
    document JSON NOT NULL,
    schedule JSON,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    CONSTRAINT uq_plans_name UNIQUE (name)
);
CREATE TABLE players (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    sign VARCHAR(12) NOT NULL,
    color VARCHAR(12) NOT NULL,
    created_at BIGINT NOT NULL,
    name VARCHAR(80),
    birth_year INTEGER,
    sex VARCHAR(8),
    mass_kg FLOAT,
    played_at BIGINT
);
CREATE TABLE settings (
    name VARCHAR(60) NOT NULL,
    value JSON NOT NULL,
    changed_at BIGINT NOT NULL,
    CONSTRAINT pk_settings PRIMARY KEY (name)
);
CREATE TABLE users (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(80) NOT NULL,
    role VARCHAR(12) NOT NULL,
    secret_hash VARCHAR(200) NOT NULL,
    created_at BIGINT NOT NULL,
    enabled BOOLEAN NOT NULL,
    failures INTEGER NOT NULL,
    locked_until BIGINT,
    language VARCHAR(2),
    theme VARCHAR(8),
    CONSTRAINT uq_users_name UNIQUE (name)
);
CREATE TABLE consents (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    player_id INTEGER NOT NULL,
    who VARCHAR(80) NOT NULL,
    relation VARCHAR(10) NOT NULL,
    purpose VARCHAR(10) NOT NULL,
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    CONSTRAINT fk_consents_player_id FOREIGN KEY(player_id) REFERENCES players (id) ON DELETE CASCADE
);
CREATE INDEX ix_consents_player_id ON consents (player_id);
CREATE TABLE favourites (
    user_id INTEGER NOT NULL,
    game VARCHAR(40) NOT NULL,
    CONSTRAINT pk_favourites PRIMARY KEY (user_id, game),
    CONSTRAINT fk_favourites_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE TABLE memberships (
    group_id INTEGER NOT NULL,
    player_id INTEGER NOT NULL,
    CONSTRAINT pk_memberships PRIMARY KEY (group_id, player_id),
    CONSTRAINT fk_memberships_group_id FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE,
    CONSTRAINT fk_memberships_player_id FOREIGN KEY(player_id) REFERENCES players (id) ON DELETE CASCADE
);
CREATE INDEX ix_memberships_player_id ON memberships (player_id);
CREATE TABLE sessions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" VARCHAR(64) NOT NULL,
    title VARCHAR(120) NOT NULL,
    state VARCHAR(12) NOT NULL,
    began_at BIGINT NOT NULL,
    progressed_at BIGINT NOT NULL,
    ended_at BIGINT,
    "plan" JSON,
    checkpoint JSON,
    group_id INTEGER,
    CONSTRAINT fk_sessions_group_id FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE SET NULL,
    CONSTRAINT uq_sessions_key UNIQUE ("key")
);
CREATE INDEX ix_sessions_began_at ON sessions (began_at);
CREATE INDEX ix_sessions_group_id ON sessions (group_id);
CREATE INDEX ix_sessions_state ON sessions (state);
CREATE TABLE tokens (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind VARCHAR(8) NOT NULL,
    name VARCHAR(80) NOT NULL,
    role VARCHAR(12) NOT NULL,
    secret_hash VARCHAR(200) NOT NULL,
    user_id INTEGER,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    used_at BIGINT,
    CONSTRAINT fk_tokens_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT uq_tokens_secret_hash UNIQUE (secret_hash)
);
CREATE INDEX ix_tokens_user_id ON tokens (user_id);
CREATE TABLE rounds (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" VARCHAR(64) NOT NULL,
    game VARCHAR(40) NOT NULL,
    surface VARCHAR(40) NOT NULL,
    age VARCHAR(8) NOT NULL,
    state VARCHAR(12) NOT NULL,
    began_at BIGINT NOT NULL,
    progressed_at BIGINT NOT NULL,
    ended_at BIGINT,
    seed BIGINT NOT NULL,
    settings JSON NOT NULL,
    session_id INTEGER,
    group_id INTEGER,
    guests INTEGER NOT NULL,
    damped INTEGER,
    CONSTRAINT fk_rounds_group_id FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE SET NULL,
    CONSTRAINT fk_rounds_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE SET NULL,
    CONSTRAINT uq_rounds_key UNIQUE ("key")
);
CREATE INDEX ix_rounds_began_at ON rounds (began_at);
CREATE INDEX ix_rounds_group_id ON rounds (group_id);
CREATE INDEX ix_rounds_session_id ON rounds (session_id);
CREATE INDEX ix_rounds_state ON rounds (state);
CREATE TABLE marks (
    round_id INTEGER NOT NULL,
    seat INTEGER NOT NULL,
    player_id INTEGER NOT NULL,
    points INTEGER,
    hits INTEGER,
    misses INTEGER,
    present_s FLOAT NOT NULL,
    tracked_share FLOAT,
    measured_s FLOAT,
    active_s FLOAT,
    light_s FLOAT,
    moderate_s FLOAT,
    vigorous_s FLOAT,
    met_minutes FLOAT,
    steps INTEGER,
    jumps INTEGER,
    distance_m FLOAT,
    jump_height_m FLOAT,
    jump_height_sd_m FLOAT,
    reactions INTEGER,
    reaction_s FLOAT,
    reaction_sd_s FLOAT,
    response_s FLOAT,
    CONSTRAINT pk_marks PRIMARY KEY (round_id, seat),
    CONSTRAINT fk_marks_player_id FOREIGN KEY(player_id) REFERENCES players (id) ON DELETE CASCADE,
    CONSTRAINT fk_marks_round_id FOREIGN KEY(round_id) REFERENCES rounds (id) ON DELETE CASCADE
);
CREATE INDEX ix_marks_player_id_round_id ON marks (player_id, round_id);
INSERT INTO alembic_version (version_num) VALUES ('0003');
INSERT INTO groups (id, name, age) VALUES (1, 'Sunny', '6-9');
INSERT INTO players (id, sign, color, created_at, name, birth_year, sex, mass_kg, played_at) VALUES (1, 'star', 'lime', 1772442000000, 'Ada', 2018, 'female', 24.5, 1772442000000);
INSERT INTO memberships (group_id, player_id) VALUES (1, 1);
INSERT INTO consents (id, player_id, who, relation, purpose, given_at, withdrawn_at) VALUES (1, 1, 'her father', 'guardian', 'name', 1772442000000, NULL);
INSERT INTO erasures (player_id, created_at, erased_at) VALUES (99, 1772442000000, 1772442000000);
INSERT INTO sessions (id, "key", title, state, began_at, progressed_at, ended_at, plan, checkpoint, group_id) VALUES (1, 's', 'Friday', 'finished', 1772442000000, 1772442000000, 1772442000000, '{"rounds": [1]}', '{"part": 1}', 1);
INSERT INTO rounds (id, "key", game, surface, age, state, began_at, progressed_at, ended_at, seed, settings, session_id, group_id, guests, damped) VALUES (1, 'r', 'lily_pads', 'floor', '6-9', 'finished', 1772442000000, 1772442000000, 1772442000000, 1099511627776, '{"level": 2}', 1, 1, 2, 3);
INSERT INTO marks (round_id, seat, player_id, points, hits, misses, present_s, tracked_share, measured_s, active_s, light_s, moderate_s, vigorous_s, met_minutes, steps, jumps, distance_m, jump_height_m, jump_height_sd_m, reactions, reaction_s, reaction_sd_s, response_s) VALUES (1, 1, 1, 7, 5, 1, 60.0, 0.97, 58.0, 50.0, 20.0, 20.0, 10.0, 4.5, 80, 3, 31.25, 0.12, 0.03, 5, 0.42, 0.01, 1.1);
INSERT INTO users (id, name, role, secret_hash, created_at, enabled, failures, locked_until, language, theme) VALUES (1, 'Lee', 'admin', 'hash', 1772442000000, true, 0, NULL, 'ko', 'day');
INSERT INTO tokens (id, kind, name, role, secret_hash, user_id, created_at, expires_at, used_at) VALUES (1, 'client', 'clock', 'instructor', 'hash', NULL, 1772442000000, NULL, NULL);
INSERT INTO audit (id, at, action, user_id, subject_id, count) VALUES (1, 1772442000000, 'player.added', 1, 1, 1);
INSERT INTO favourites (user_id, game) VALUES (1, 'lily_pads');
INSERT INTO plans (id, name, document, schedule, created_at, changed_at) VALUES (1, 'warm', '{"rounds": []}', NULL, 1772442000000, 1772442000000);
INSERT INTO settings (name, value, changed_at) VALUES ('retention_days', '90', 1772442000000);
