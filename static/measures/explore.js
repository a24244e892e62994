// "Explore": a picture that one can look closer at.  The page holds the same picture as a drawing
// and a table; Plotly, half a megabyte, is fetched when somebody asks for it and not before.
(() => {
  const { library, swedish, styles } = document.currentScript.dataset;
  // Plotly writes its styles in the page unless it finds elements with these ids; our security
  // policy refuses that, so they are a file.  scripts/vendor checks that the ids are still those.
  const OWN_STYLES = "plotly.js-style-global";
  const MAP_STYLES = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53"; // maps: none
  let ready;

  const fetchPlotly = () =>
    (ready ??= (async () => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: styles });
      Object.assign(link, { id: OWN_STYLES, className: "no-inline-styles" });
      const none = Object.assign(document.createElement("template"), { id: MAP_STYLES });
      document.head.append(link, none);
      await script(library);
      await script(swedish);
    })().catch((error) => {
      ready = undefined; // the next press tries again
      throw error;
    }));

  const script = (src) =>
    new Promise((resolve, reject) => {
      const element = Object.assign(document.createElement("script"), { src });
      element.onload = resolve;
      element.onerror = () => reject(new Error(src));
      document.head.append(element);
    });

  // --- what each thing looks like: the page's own colours, in light and dark --------------------

  const probe = document.createElement("span");
  probe.hidden = true;
  const colour = (token, opacity) => {
    if (!probe.isConnected) document.body.append(probe);
    probe.style.color = `var(${token})`; // a browser works out light-dark() only where it is used
    const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g);
    return opacity === undefined ? `rgb(${r},${g},${b})` : `rgba(${r},${g},${b},${opacity})`;
  };
  const dots = (token, symbol, size, edge = "--paper") => ({
    mode: "markers",
    marker: { color: colour(token), symbol, size, line: { color: colour(edge), width: 1 } },
  });
  const line = (token, width, dash = "solid") => ({
    mode: "lines",
    line: { color: colour(token), width, dash },
  });
  const edge = { mode: "lines", line: { width: 0 }, showlegend: false };
  const LOOKS = {
    lower: () => ({ ...edge, hoverinfo: "skip", hovertemplate: null }),
    band: (series) => ({ ...edge, showlegend: series.name !== "", fill: "tonexty", fillcolor: colour("--common", 0.18) }),
    median: () => line("--common", 1.5, "dash"),
    national: () => line("--common", 1.5, "dot"),
    own: () => ({ ...line("--teal", 3), mode: "lines+markers", marker: { size: 8 } }),
    women: () => ({ ...line("--neutral-signal", 2), mode: "lines+markers", marker: { size: 7 } }),
    men: () => ({
      ...line("--better", 2),
      mode: "lines+markers",
      marker: { size: 8, symbol: "square" },
    }),
    goal: () => dots("--ink", "line-ew-open", 22, "--ink"),
    target: () => line("--ink", 1.5, "dashdot"),
    excluded: () => dots("--common", "circle-open", 9),
    signal_better: () => dots("--better", "square", 10),
    signal_worse: () => dots("--worse", "diamond", 11),
    signal: () => dots("--neutral-signal", "triangle-up", 11),
    others: () => dots("--common", "circle", 7),
    alike: () => dots("--better", "square", 9),
    home: () => dots("--teal", "diamond", 15, "--ink"),
  };

  // What went on meanwhile, as bars under the years.
  const effort = (one, row) => ({
    type: "scatter",
    mode: "lines",
    x: [one.from, one.to],
    y: [-row, -row],
    yaxis: "y2",
    line: { color: colour("--teal"), width: 12 },
    opacity: 0.6,
    hoverinfo: "skip",
    showlegend: false,
  });
  const named = (one, row) => ({
    x: one.to,
    y: -row,
    yref: "y2",
    text: one.name,
    showarrow: false,
    xanchor: "right",
    yshift: 14,
  });

  const trace = (series) => ({
    type: "scatter",
    name: series.name,
    x: series.x,
    y: series.y,
    text: series.text,
    hovertemplate: "%{text}<extra></extra>",
    connectgaps: false,
    cliponaxis: false,
    ...LOOKS[series.role](series),
  });

  const axis = (facts) => ({
    gridcolor: colour("--line"),
    linecolor: colour("--line"),
    zeroline: false,
    fixedrange: false,
    automargin: true,
    ...facts,
  });

  const draw = (room, chart) => {
    const places = chart.kind === "place";
    const lane = chart.efforts.length;
    const height = (places ? 300 : 380) + 36 * lane;
    const share = (36 * lane) / (height - 60); // of the height, for what went on meanwhile
    Plotly.react(
      room,
      [...chart.series.map(trace), ...chart.efforts.map(effort)],
      {
        font: { family: getComputedStyle(document.body).fontFamily, color: colour("--ink-soft"), size: 14 },
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        separators: chart.separators,
        hoverlabel: {
          bgcolor: colour("--paper"),
          bordercolor: colour("--ink-soft"),
          font: { color: colour("--ink"), family: getComputedStyle(document.body).fontFamily },
        },
        hovermode: places ? "closest" : "x",
        dragmode: "pan",
        margin: { l: 12, r: 12, t: 12, b: 12 },
        height,
        showlegend: !places, // the page says beside it what the dots are
        legend: { orientation: "h", yref: "container", y: 0, yanchor: "bottom" },
        modebar: {
          bgcolor: "rgba(0,0,0,0)",
          color: colour("--ink-soft"),
          activecolor: colour("--ink"),
        },
        xaxis: axis(
          places
            ? { title: { text: chart.unit }, range: chart.range }
            : { ...(chart.kind !== "time" && { tickformat: "d" }), ...(lane && { anchor: "y2" }) },
        ),
        yaxis: axis(
          places
            ? { visible: false, fixedrange: true }
            : {
                title: { text: chart.unit },
                tickformat: `,.${chart.decimals}~f`,
                domain: [lane ? share + 0.04 : 0, 1],
              },
        ),
        ...(lane && {
          yaxis2: {
            visible: false,
            fixedrange: true,
            range: [-lane + 0.5, 0.7],
            domain: [0, share],
          },
          annotations: chart.efforts.map(named),
        }),
        shapes: chart.stripes.map(([from, to, token]) => ({
          type: "rect",
          layer: "below",
          yref: "paper",
          x0: from,
          x1: to,
          y0: 0,
          y1: 1,
          line: { width: 0 },
          fillcolor: colour(token),
        })),
      },
      {
        locale: document.documentElement.lang,
        responsive: true,
        displaylogo: false,
        displayModeBar: true,
        modeBarButtons: [["zoomIn2d", "zoomOut2d", "pan2d", "resetScale2d"]],
      },
    );
  };

  // --- from the press of a button to the picture -------------------------------------------------

  const explore = async (button) => {
    const figure = button.closest("figure");
    const still = figure.querySelector("[data-still]");
    button.disabled = true;
    try {
      const [chart] = await Promise.all([
        fetch(button.dataset.explore, { headers: { Accept: "application/json" } }).then((answer) => {
          if (!answer.ok) throw new Error(answer.status);
          return answer.json();
        }),
        fetchPlotly(),
      ]);
      const room = document.createElement("div");
      Object.assign(room, { className: "explore", tabIndex: -1 });
      room.setAttribute("role", "group");
      room.setAttribute("aria-label", chart.title);
      still.after(room);
      draw(room, chart);
      still.hidden = true;
      const again = () => room.isConnected && draw(room, chart);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
      new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-color-scheme"] });
      button.hidden = true;
      room.focus({ preventScroll: true });
    } catch {
      figure.querySelector(".explore")?.remove();
      button.disabled = false;
      const words = document.getElementById("message-no-contact");
      document.getElementById("messages")?.replaceChildren(words.content.cloneNode(true));
    }
  };

  const wake = (part) => {
    for (const button of part.querySelectorAll("[data-explore][hidden]")) {
      button.hidden = false;
      button.addEventListener("click", () => explore(button));
    }
  };
  wake(document);
  document.addEventListener("htmx:load", (event) => wake(event.target));
})();
