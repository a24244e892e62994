// "Download as a picture": draws the SVG file that a link leads to on a canvas, and gives it as PNG.
// <a href="…svg" download data-png="name.png">; without this the link gives the SVG itself.
const SHARPNESS = 2;

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-png]");
  if (!link) return;
  event.preventDefault();
  const picture = new Image();
  picture.src = link.href;
  try {
    await picture.decode();
  } catch {
    location.assign(link.href);
    return;
  }
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth * SHARPNESS;
  canvas.height = picture.naturalHeight * SHARPNESS;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((png) => {
    const saved = document.createElement("a");
    saved.href = URL.createObjectURL(png);
    saved.download = link.dataset.png;
    saved.click();
    setTimeout(() => URL.revokeObjectURL(saved.href), 10_000);
  }, "image/png");
});
