import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Desk from "@tibillet_pos_nfc/../tests/tours/utils/desk_utils";
import * as Tap from "@tibillet_pos_nfc/../tests/tours/utils/tap_utils";
import { registry } from "@web/core/registry";

const add = (name, ...steps) =>
    registry.category("web_tour.tours").add(name, {
        steps: () => [Chrome.startPoS(), Tap.keepResults(), ...steps].flat(2),
    });

add(
    "tibillet_desk_money",
    Desk.open(),
    Desk.isWaiting(),
    Desk.tap("NEWCARD1"),
    Desk.shows("NEWC ARD1", "blank", "0.00"),
    Desk.choose("top_up"),
    Desk.amountTells(5000, "2.50"),
    Desk.amount(5000),
    Desk.payBy("cash"),
    Desk.isDone("top_up", "50.00"),
    Desk.shows("NEWC ARD1", "active", "50.00", "2.50"),
    Desk.printerIsOutOfPaper(),
    Desk.printsTheReceipt("NEWC ARD1", "50.00", "2.50"),
    Desk.next(),
    Desk.isWaiting(),
    Desk.tap("GIFTED01"),
    Desk.shows("GIFT ED01", "active", "10.00"),
    Desk.staysIfEmptied("2.00"),
    Desk.choose("pay_back"),
    Desk.announces("10.00", "2.00"),
    Desk.confirm(),
    Desk.isDone("pay_back", "10.00"),
    Desk.shows("GIFT ED01", "active", "0.00", "2.00"),
    // The next customer's card takes the place of the one before.
    Desk.tap("RICH0001"),
    Desk.shows("RICH 0001", "active", "50.00"),
    Desk.choose("cash_back"),
    Desk.amount(1000),
    Desk.confirm(),
    Desk.approve("0000"),
    Desk.isRefused("approval"),
    Desk.tap("RICH0001"),
    Desk.choose("cash_back"),
    Desk.amount(1000),
    Desk.confirm(),
    Desk.approve("4821"),
    Desk.isDone("cash_back", "10.00", "desk_manager"),
    Desk.shows("RICH 0001", "active", "40.00")
);

add(
    "tibillet_desk_card",
    // From the card's window, without another tap.
    Desk.tap("RICH0001"),
    Tap.cardWindowShows("RICH 0001"),
    { content: "all acts", trigger: ".tibillet-all-acts", run: "click" },
    Desk.shows("RICH 0001", "active", "50.00"),
    Desk.choose("gift"),
    Desk.amount(500),
    Desk.because(1),
    Desk.approve("4821"),
    Desk.isDone("gift", "5.00"),
    Desk.printsTheReceipt("RICH 0001", "5.00", "desk_manager"),
    Desk.tap("RICH0001"),
    Desk.choose("time"),
    Desk.amount(60),
    Desk.because(0),
    // A manager's card does as well as a PIN.
    { content: "a manager is asked", trigger: ".tibillet-approval" },
    Tap.tap("MANAGER1"),
    Desk.isDone("time", "1 h 00"),
    Desk.tap("RICH0001"),
    Desk.choose("link"),
    Desk.search("Desk Dora"),
    Desk.pick("Desk Dora"),
    Desk.isDone("link"),
    Desk.shows("RICH 0001", "active", "Desk Dora", "50.00", "5.00", "1 h 00"),
    Desk.next(),
    // She loses it: a new card takes its place.
    Desk.tap("NEWCARD1"),
    Desk.choose("replace"),
    Desk.search("rich 0001"),
    Desk.pick("RICH 0001"),
    Desk.approve("4821"),
    Desk.isDone("replace"),
    Desk.shows("NEWC ARD1", "active", "Desk Dora", "50.00"),
    Desk.tap("RICH0001"),
    Desk.shows("RICH 0001", "lost"),
    Desk.hasNot("top_up")
);

add(
    "tibillet_desk_people",
    Desk.open(),
    // Somebody who has a card and money shows that card: else anybody could spend it.
    Desk.tap("POOR0001"),
    Desk.choose("link"),
    Desk.search("Desk Wanda"),
    Desk.pick("Desk Wanda"),
    Desk.asksForTheirCard(),
    Tap.tap("RICH0001"),
    Desk.isRefused("witness"),
    Desk.tap("POOR0001"),
    Desk.choose("link"),
    Desk.search("Desk Wanda"),
    Desk.pick("Desk Wanda"),
    Desk.asksForTheirCard(),
    Tap.tap("WITNESS1"),
    Desk.isDone("link"),
    Desk.shows("POOR 0001", "active", "Desk Wanda", "11.00"),
    Desk.next(),
    // Somebody new, by name and e-mail.
    Desk.tap("RICH0001"),
    Desk.choose("link"),
    Desk.search("Desk Nora"),
    Desk.writeDown("nora@example.org"),
    Desk.isDone("link"),
    Desk.shows("RICH 0001", "active", "Desk Nora", "50.00")
);

add(
    "tibillet_desk_states",
    Desk.open(),
    Desk.tap("POOR0001"),
    Desk.choose("block"),
    Desk.confirm(),
    Desk.isDone("block"),
    Desk.tap("POOR0001"),
    Desk.shows("POOR 0001", "blocked"),
    Desk.hasNot("pay_back"),
    Desk.choose("unblock"),
    Desk.confirm(),
    Desk.approve("4821"),
    Desk.isDone("unblock"),
    Desk.tap("POOR0001"),
    Desk.choose("void"),
    Desk.announces("4.00"),
    {
        content: "its money first",
        trigger: ".tibillet-desk-panel:has(.tibillet-desk-first):not(:has(.tibillet-desk-go))",
    },
    Desk.otherActs(),
    Desk.choose("history"),
    Desk.announces("+", "4.00"),
    Desk.otherActs(),
    Desk.tap("NEWCARD1"),
    Desk.shows("NEWC ARD1", "blank"),
    Desk.choose("void"),
    Desk.confirm(),
    Desk.approve("4821"),
    Desk.isDone("void"),
    Desk.shows("NEWC ARD1", "void"),
    // The cashier's own card.
    Desk.tap("OWNCARD1"),
    Desk.isRefused("own"),
    Desk.hasNot("pay_back"),
    Desk.hasNot("gift"),
    Desk.tap("STRANGER"),
    Tap.isRefusedAs("unknown")
);
