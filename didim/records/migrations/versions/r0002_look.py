"""What each user reads and sees."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("users", sa.Column("language", sa.String(length=2), nullable=True))
    op.add_column("users", sa.Column("theme", sa.String(length=8), nullable=True))
