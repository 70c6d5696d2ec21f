-- AlterTable
ALTER TABLE "TokenCache" ADD COLUMN     "claims" TEXT;
