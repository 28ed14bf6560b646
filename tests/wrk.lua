-- Requests from a file: the session's cookie, what a good answer holds, then bodies taken in turn; without any, the page itself.
local threads = {}

function setup(thread)
    table.insert(threads, thread)
end

function init(arguments)
    bodies, failed, count = {}, 0, 0
    local lines = io.lines(arguments[1])
    wrk.headers["Cookie"] = "session_id=" .. lines()
    wrk.headers["Content-Type"] = "application/json"
    expected = lines()
    for line in lines do
        table.insert(bodies, line)
    end
    start = os.time() % 0xffffff
end

function request()
    if #bodies == 0 then
        return wrk.format("GET")
    end
    count = count + 1
    local number = string.format("%08x%08x", start, count)
    local body = bodies[count % #bodies + 1]:gsub("@@", number)
    return wrk.format("POST", nil, nil, body)
end

function response(status, headers, body)
    if not body:find(expected, 1, true) then
        failed = failed + 1
    end
end

function done(summary, latency, requests)
    local wrong = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    for _, thread in ipairs(threads) do
        wrong = wrong + thread:get("failed")
    end
    io.write(string.format('{"rate": %.1f, "p50": %.2f, "p95": %.2f, "failed": %d}\n',
        summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(95) / 1000, wrong))
end
