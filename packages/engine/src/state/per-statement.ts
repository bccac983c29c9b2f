/**
 * Items of one statement: a record has a dozen parameters, and SQLite takes 32,766 of them (https://www.sqlite.org/limits.html),
 * PostgreSQL 65,535 (https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-BIND).
 */
export const perStatement = 1000
