//! Logos: from the folder where they are kept, or from the supplier; made ready away from the loop.

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

/// The folder of kept logos, in the data folder.
const FOLDER: &str = "logos";
/// The most that are kept; the oldest go first.
const MOST: usize = 300;
/// Who holds an arrow key down looks at none of the brands that pass by.
const PAUSE: Duration = Duration::from_millis(120);

/// A logo that is ready to be drawn; nothing when there is none.
pub(super) async fn fetch(services: &Services, logo: LogoRequest) -> Option<Arc<Picture>> {
    tokio::time::sleep(PAUSE).await;
    let kept = place(services, &logo);
    if let Some(bytes) = read(kept.clone()).await
        && let Some(picture) = ready(services, &logo, bytes, None).await
    {
        return Some(picture);
    }
    // What is kept and shows nothing is fetched once more.
    let (across, _) = logo.display.pixels(logo.size);
    let bytes = services.client().await.ok()?.logo(&logo.base, across).await.ok()?;
    ready(services, &logo, bytes, kept).await
}

/// Makes a picture of the bytes of an image, and keeps them where they show one.
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
            // A logo that cannot be kept is fetched again.
            let _ = keep(&place, &bytes);
        }
        Some(Arc::new(picture))
    });
    picture.await.flatten()
}

/// Where a logo is kept. Those of the sandbox are not: their address is another one at every start.
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

/// Keeps a logo under its name, whole or not at all.
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
