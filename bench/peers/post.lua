-- Posts the bodies of a folder (1.json, 2.json, …) in turn, so that no two requests in a row are the same.
local bodies = {}
local last = 0

init = function(arguments)
  local folder = arguments[1]
  while true do
    local file = io.open(folder .. "/" .. (#bodies + 1) .. ".json", "rb")
    if not file then break end
    bodies[#bodies + 1] = wrk.format("POST", nil, { ["Content-Type"] = "application/json" }, file:read("*a"))
    file:close()
  end
end

request = function()
  last = last % #bodies + 1
  return bodies[last]
end

-- After the usual report, for the program that reads it.
done = function(summary, latency)
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.status
  io.write(string.format("\n%d %d %d\n", summary.requests, summary.duration, errors))
end
