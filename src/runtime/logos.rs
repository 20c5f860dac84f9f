//! Fetches logos from the cache folder or the supplier, and prepares them outside the event loop.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sha3::{Digest, Sha3_256};
use tokio::task::spawn_blocking;

use super::decode::decode;
use super::services::Services;
use crate::api::logo::Variant;
use crate::picture::LogoRequest;
use crate::picture::Picture;

/// The name of the cache folder for logos, within the data folder.
const FOLDER: &str = "logos";
/// The maximum number of cached logos; the oldest are deleted first.
const MOST: usize = 300;
/// The delay before a fetch, so that holding an arrow key down fetches nothing for brands that pass by.
const PAUSE: Duration = Duration::from_millis(120);

/// Returns a logo that is ready to be drawn, or `None` if there is none.
pub(super) async fn fetch(services: &Services, logo: LogoRequest) -> Option<Arc<Picture>> {
    tokio::time::sleep(PAUSE).await;
    let kept = place(services, &logo);
    if let Some(bytes) = read(kept.clone()).await
        && let Some(picture) = ready(services, &logo, bytes, None).await
    {
        return Some(picture);
    }
    // A cached file that cannot be shown is fetched again.
    let (across, _) = logo.display.pixels(logo.size);
    let bytes = services.client().await.ok()?.logo(&logo.base, across).await.ok()?;
    ready(services, &logo, bytes, kept).await
}

/// Builds a picture from the bytes of an image, and caches the bytes if that succeeds.
async fn ready(
    services: &Services,
    logo: &LogoRequest,
    bytes: Vec<u8>,
    keep_at: Option<PathBuf>,
) -> Option<Arc<Picture>> {
    let (display, size, background) = (logo.display, logo.size, logo.background);
    let picture = services.worker().make(move || {
        let (image, name) = (decode(&bytes)?, crc32fast::hash(&bytes));
        let picture = Picture::new(&image, name, display, size, background)?;
        if let Some(place) = keep_at {
            // A logo that could not be cached is fetched again.
            let _ = keep(&place, &bytes);
        }
        Some(Arc::new(picture))
    });
    picture.await.flatten()
}

/// Returns the path at which a logo is cached. The sandbox's are not cached, since their URL changes at every
/// start.
fn place(services: &Services, logo: &LogoRequest) -> Option<PathBuf> {
    if !logo.base.starts_with("https://") {
        return None;
    }
    let (across, _) = logo.display.pixels(logo.size);
    let variant = Variant::enough_for(across);
    let digest = Sha3_256::digest([logo.base.as_bytes(), variant.tail().as_bytes()].concat());
    let name = u128::from_be_bytes(digest.first_chunk().copied()?);
    services.config().data_dir.as_deref().map(|directory| directory.join(FOLDER).join(format!("{name:032x}")))
}

async fn read(place: Option<PathBuf>) -> Option<Vec<u8>> {
    let place = place?;
    spawn_blocking(move || fs::read(place)).await.ok()?.ok()
}

/// Writes a logo to the cache atomically.
fn keep(place: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let Some(folder) = place.parent() else { return Ok(()) };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let draft = place.with_extension("new");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(bytes)?;
    fs::rename(&draft, place)?;
    prune(folder)
}

fn prune(folder: &Path) -> std::io::Result<()> {
    let mut kept: Vec<_> = fs::read_dir(folder)?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
        })
        .collect();
    if kept.len() > MOST {
        kept.sort();
        for (_, oldest) in kept.iter().take(kept.len() - MOST) {
            fs::remove_file(oldest)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_logo_is_whole_and_the_folder_stays_small() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join(FOLDER);
        for number in 0..MOST + 5 {
            keep(&folder.join(format!("{number:04}")), b"logo").unwrap();
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), MOST);
        let last = folder.join(format!("{:04}", MOST + 4));
        assert_eq!(fs::read(last).unwrap(), b"logo");
    }
}
