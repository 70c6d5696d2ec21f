-- AlterTable
ALTER TABLE "Setup" ADD COLUMN     "token" JSONB;

-- CreateTable
CREATE TABLE "Receipt" (
    "id" BIGSERIAL NOT NULL,
    "setupId" UUID NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "evidence" JSONB NOT NULL,

    CONSTRAINT "Receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Proof" (
    "setupId" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "protocol" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "acceptedAt" TIMESTAMP(3),
    "sent" JSONB,

    CONSTRAINT "Proof_pkey" PRIMARY KEY ("setupId","address","protocol")
);

-- CreateIndex
CREATE INDEX "Receipt_setupId_id_idx" ON "Receipt"("setupId", "id");

-- AddForeignKey
ALTER TABLE "Receipt" ADD CONSTRAINT "Receipt_setupId_fkey" FOREIGN KEY ("setupId") REFERENCES "Setup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Proof" ADD CONSTRAINT "Proof_setupId_fkey" FOREIGN KEY ("setupId") REFERENCES "Setup"("id") ON DELETE CASCADE ON UPDATE CASCADE;
