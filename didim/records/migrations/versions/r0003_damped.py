"""How often the flash guard softened a round's light."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("rounds", sa.Column("damped", sa.Integer(), nullable=True))
