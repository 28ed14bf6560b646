"""What each export holds: its columns, and its rows read from PostgreSQL. Plain Python and SQL over a company."""

from .movements import WalletMovements
from .paheko import Paheko
from .payments import Payments
from .sales import Sales

# By kind of export; the order is the one in which they are offered.
TABLES = {table.kind: table for table in (Sales, Payments, WalletMovements, Paheko)}
