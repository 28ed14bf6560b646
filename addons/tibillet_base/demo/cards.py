"""The cards of the demo network, with the numbers of their chips: the simulator of a demo till lays them on a table.

Real chips' numbers are never written down anywhere; these belong to nobody. Only their hashes go to the database.
"""

from typing import NamedTuple


class DemoCard(NamedTuple):
    number: str
    uid: str
    batch: str  # xml id of its batch
    holder: str = ""  # xml id of the person it is linked to
    state: str = "active"
    money: int = 0  # cents of the network's euro
    gift: int = 0  # cents of the bar's gift
    time: int = 0  # minutes
    points: int = 0
    local: int = 0  # cents of the barn's own money


BAR = "tibillet_base.demo_batch_bar"
GRANGE = "tibillet_base.demo_batch_grange"
FESTIVAL = "tibillet_base.demo_batch_festival"

DEMO_CARDS = (
    DemoCard(
        "A4F291C7",
        "04A4F291C75B80",
        BAR,
        "tibillet_base.demo_partner_maelle",
        money=2430,
        gift=200,
        time=210,
        points=12,
    ),
    DemoCard("B7KQ20MX", "04B7D120AE5B81", BAR, "tibillet_base.demo_partner_yanis", money=4150, time=90),
    DemoCard("C3HN84TR", "04C3118452DE80", BAR, money=900),
    DemoCard("D9WZ51VA", "04D9A05132DE80", BAR, money=1500, gift=300),
    DemoCard("E2LP67GK", "04E2016797DE80", BAR, money=50),
    DemoCard("F8RS33QB", "04F8C63380AA82", BAR, "tibillet_base.demo_partner_jeanne", money=12000, points=48),
    DemoCard("G5TX19ND", "5A3C19D4", BAR, money=2000),
    DemoCard("H6VB72WE", "7E44A2B1", BAR, money=700),
    DemoCard("J4YM48PC", "04104A48112280", BAR, state="blank"),
    DemoCard("K1ZA95HF", "04104A48337780", BAR, state="blank"),
    DemoCard("L7CD26JS", "04779026BB4480", BAR, state="blocked", money=1850),
    DemoCard("M3EF80LT", "04310080CC5580", BAR, "tibillet_base.demo_partner_tiago", state="lost", money=3300),
    DemoCard(
        "N9GH14RU", "04991414F26681", GRANGE, "tibillet_base.demo_partner_fatou", money=1800, local=1200, points=30
    ),
    DemoCard("P2JK58VX", "04220058B37781", GRANGE, local=2500),
    DemoCard("Q6LM03WY", "04660003A48881", GRANGE, money=600, local=400, points=5),
    DemoCard("R8NP47ZA", "04880047959981", GRANGE, "tibillet_base.demo_partner_louis", local=5000),
    DemoCard("S4QR91BC", "04440091860A81", GRANGE, state="blank"),
    DemoCard("T1ST35DE", "04110035771B81", GRANGE, state="void"),
    DemoCard("U7UV79FG", "8804E279C41A5D90B3F7", FESTIVAL, "tibillet_base.demo_partner_ines", money=5000, time=480),
    DemoCard("V3WX13HJ", "04330013682C82", FESTIVAL, money=3000, time=120),
    DemoCard("W9YZ57KL", "04990057593D82", FESTIVAL, "tibillet_base.demo_partner_paul", money=1000, time=360),
    DemoCard("X5AB82MN", "045500824A4E82", FESTIVAL, money=2500),
    DemoCard("Y2CD46PQ", "042200463B5F82", FESTIVAL, money=250),
    DemoCard("Z8EF60RS", "048800602C6A82", FESTIVAL, state="blank"),
)


def is_demo(env):
    """Whether this database carries the demo network, whose chips' numbers are public."""
    module = env["ir.module.module"].sudo().search([("name", "=", "tibillet_base")])
    return module.demo
