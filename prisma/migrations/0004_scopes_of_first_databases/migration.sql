-- 0001_start landed first without these two columns and was edited afterwards: a database of those days lacks them.
-- A list that is NULL is read as an empty one.
ALTER TABLE "SignIn" ADD COLUMN IF NOT EXISTS "scopes" TEXT[];
ALTER TABLE "TokenCache" ADD COLUMN IF NOT EXISTS "scopes" TEXT[];
