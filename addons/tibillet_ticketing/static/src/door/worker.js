/** Keeps the door's page on the phone: fresh from the server where it answers, else as it was last. */

const KEPT = "door-1";
const PAGE = [
    "/door",
    "/door/app.webmanifest",
    "/tibillet_ticketing/static/src/door/door.css",
    "/tibillet_ticketing/static/src/door/door.js",
    "/tibillet_ticketing/static/src/door/store.js",
    "/tibillet_ticketing/static/src/door/ticket.js",
    "/tibillet_ticketing/static/description/icon.png",
    "/web/static/lib/zxing-library/zxing-library.js",
    "/web/static/src/libs/fontawesome/css/font-awesome.css",
    "/web/static/src/libs/fontawesome/fonts/fontawesome-webfont.woff2",
];

self.addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(PAGE)));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
    if (event.request.method !== "GET") {
        return;
    }
    event.respondWith(
        fetch(event.request)
            .then((response) => {
                if (response.ok) {
                    const copy = response.clone();
                    caches.open(KEPT).then((cache) => cache.put(event.request, copy));
                }
                return response;
            })
            .catch(() => caches.match(event.request, { ignoreSearch: true }))
    );
});
