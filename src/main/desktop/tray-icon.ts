import { nativeImage, type NativeImage } from 'electron'

// The mark at 32 × 32, as PNG: the tray's is 16 points of two pixels each. The second is black on nothing: macOS colours it as its menu bar wants.
const COLOURED =
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAABf0lEQVR42mNgQAP6jd/ZgTgZiHcA8Ssg/k8hfgU1C2QmOwM+AFTgDsSPqWApLgwy2x2X5Vk0' +
  'tBgdZ2Hz+X86Y3fkOH88AA54DE4T0MRBtEarju//A6f9wIpBciQ6IpkBmkKxKth59c9/GADxY+f++P/5x7//uABIDqQGpBYGQGbgccAOBnxZDd0B0w/8/k8I' +
  'gNSQ4IBXDPiCiA4O+D/qgFEHkOSA7p2/CDoApIZmDjBp+f5/0fHfYHFsGCQHUkMzB5CCh68DvCf9+F+y+uf/jCU/4cFNNwfUb0JNhM8//vvfuvUXvBIKn/kD' +
  '7DCaZ8NHb//irJRomg1BNR0oCmA5AhQVd179hav5+fvf/6p1P+mfCJMX/AQ7xqGbDokQZAnIMpCldM8FoOAFBTMMgIIf5BhYbgBFD4kNkv9UaZCAEiQoYZLb' +
  'ICG6SQbKYqCsBmsbgrIgKCsiA1BWJbVJlkxJ6xYU/CCHgaIClkNIbZQObLN8wDsmg6JrNig6pwPVPQcAV4hCPO0TC3EAAAAASUVORK5CYII='
const TEMPLATE =
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAAzklEQVR42mNgGAWjYAgCPiDWwoH5qG3ZKiD+D8UgYAnEH5HE0PFHqBoGJLFV1HRAAx7LYbhh' +
  '1AGjDhjWDigkwgGFtHQAOxD3QcWx4T6oGpo5gBQwfB2gDMShQOyOFNx0c0AyWoJ7DMRZSJWQEdRhNM+Gd/BUSjTNhpbQKIDlCFBUXEFS8wOIYwYiETpAHSNK' +
  'j0QoCrXMYSByQQw0mGFiV6COYUfKIQPSIPkITZg0T4Tu0KwGaxtmQbMismOSqekAYgA71GGhSDlkFIyCoQMAD3HgCRnmGaIAAAAASUVORK5CYII='

export function trayIcon(platform: NodeJS.Platform): NativeImage {
  const isMac = platform === 'darwin'
  const image = nativeImage.createFromBuffer(Buffer.from(isMac ? TEMPLATE : COLOURED, 'base64'), { scaleFactor: 2 })
  if (isMac) image.setTemplateImage(true)
  return image
}
