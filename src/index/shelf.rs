//! One of the two indexes as it is written: the engine's writer, made when first needed, over a folder that
//! shows nothing until it is published.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy, PreparedCommit, UserOperation};
use tantivy::query::EmptyQuery;
use tantivy::schema::{Field, IndexRecordOption, Schema};
use tantivy::{
    DocSet, Index, IndexBuilder, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, SegmentMeta,
    TERMINATED, TantivyDocument, Term,
};

use super::directory::{ReadDirectory, WriteDirectory};
use super::disk::Disk;
use super::generation;
use super::waiting::{Queue, Waiting};
use super::words::tokenizers;

/// So many segments of about one size are merged into one. Each costs every question a look into its words; the engine's own eight
/// leave twelve segments of a million articles.
const ALIKE: usize = 4;

/// Segments with more than this share of deleted records are merged, so that they do not stay for ever.
const DELETED: f32 = 0.25;

/// One index, to be written.
pub(super) struct Shelf {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    directory: WriteDirectory,
    index: Index,
    reader: IndexReader,
    writer: Option<IndexWriter<Waiting>>,
    queue: Queue,
    memory: usize,
}

impl Shelf {
    /// The index in `folder` as `meta` describes it, or a new one.
    pub(super) fn open(
        disk: &Arc<dyn Disk>,
        folder: &Path,
        meta: Option<&str>,
        (schema, settings): (&Schema, IndexSettings),
        memory: usize,
    ) -> tantivy::Result<Self> {
        let directory = WriteDirectory::open(Arc::clone(disk), folder, meta)?;
        let builder = IndexBuilder::new().schema(schema.clone()).settings(settings);
        let index = builder.tokenizers(tokenizers()).open_or_create(directory.clone())?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self {
            disk: Arc::clone(disk),
            folder: folder.to_owned(),
            directory,
            index,
            reader,
            writer: None,
            queue: Queue::new(),
            memory,
        })
    }

    /// Names of the files that the index as it is committed now is made of.
    pub(super) fn files(&self) -> tantivy::Result<BTreeSet<PathBuf>> {
        Ok(self.index.load_metas()?.list_segment_files().into_iter().collect())
    }

    /// Whether what was published holds a record with this term.
    pub(super) fn holds(&self, field: Field, id: u64) -> tantivy::Result<bool> {
        let term = Term::from_field_u64(field, id);
        for segment in self.reader.searcher().segment_readers() {
            let postings = segment.inverted_index(field)?.read_postings(&term, IndexRecordOption::Basic)?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    return Ok(true);
                }
                postings.advance();
            }
        }
        Ok(false)
    }

    /// Adds a record of about so many bytes.
    pub(super) fn add(&mut self, document: TantivyDocument, bytes: usize) -> tantivy::Result<()> {
        let waiting = self.queue.join(document, bytes);
        self.writer()?.add_document(waiting).map(drop)
    }

    /// Adds records, each of about so many bytes, that are to stand side by side in one segment.
    pub(super) fn add_all(&mut self, documents: Vec<(TantivyDocument, usize)>) -> tantivy::Result<()> {
        let all = self.queue.join_all(documents);
        self.writer()?.run(all.into_iter().map(UserOperation::Add).collect::<Vec<_>>()).map(drop)
    }

    /// The engine's writer.
    pub(super) fn writer(&mut self) -> tantivy::Result<&mut IndexWriter<Waiting>> {
        if self.writer.is_none() {
            let options = IndexWriterOptions::builder()
                .memory_budget_per_thread(self.memory)
                .num_worker_threads(1)
                .num_merge_threads(1)
                .build();
            let writer: IndexWriter<Waiting> = self.index.writer_with_options(options)?;
            let mut policy = LogMergePolicy::default();
            policy.set_min_num_segments(ALIKE);
            policy.set_del_docs_ratio_before_merge(DELETED);
            writer.set_merge_policy(Box::new(policy));
            // The engine gives the first operation the number of the last commit, and a merge that it starts before the
            // next one takes deletions of that number for applied. So the first is one that nobody misses.
            writer.delete_query(Box::new(EmptyQuery))?;
            self.writer = Some(writer);
        }
        self.writer.as_mut().ok_or(tantivy::TantivyError::Poisoned)
    }

    /// All that was changed, to be committed; nothing where nothing was.
    pub(super) fn prepare(&mut self) -> tantivy::Result<Option<PreparedCommit<'_, Waiting>>> {
        self.writer.as_mut().map(IndexWriter::prepare_commit).transpose()
    }

    /// Merges all segments into one, without what was deleted; false where there is nothing to merge.
    pub(super) fn merge(&mut self) -> tantivy::Result<bool> {
        let segments = self.index.load_metas()?.segments;
        if segments.len() <= 1 && !segments.iter().any(SegmentMeta::has_deletes) {
            return Ok(false);
        }
        let ids: Vec<_> = segments.iter().map(SegmentMeta::id).collect();
        let writer = self.writer()?;
        // Nothing else takes one of them meanwhile.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        writer.merge(&ids).wait()?;
        Ok(true)
    }

    /// Waits until no segments are being merged.
    pub(super) fn settle(&mut self) -> tantivy::Result<()> {
        match self.writer.take() {
            Some(writer) => writer.wait_merging_threads(),
            None => Ok(()),
        }
    }

    /// Drops what has not been committed.
    pub(super) fn abandon(&mut self) {
        self.writer = None;
    }

    /// Where writing failed, and why; told once.
    pub(super) fn failure(&self) -> Option<(PathBuf, io::Error)> {
        self.directory.failure()
    }

    /// What the engine says of the index as committed.
    pub(super) fn meta(&self) -> Option<String> {
        self.directory.meta()
    }

    /// What was committed when it was last looked at.
    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Sees what was committed since.
    pub(super) fn reload(&self) -> tantivy::Result<Searcher> {
        self.reader.reload()?;
        Ok(self.searcher())
    }

    /// Deletes what is part neither of the index as it is in one of these `published` states nor as it is now: segments may have been
    /// merged since.
    pub(super) fn sweep(&self, published: &[&str]) -> tantivy::Result<()> {
        let mut kept = self.files()?;
        for published in published {
            let published = Index::open(ReadDirectory::open(&self.folder, published)?)?;
            kept.extend(published.load_metas()?.list_segment_files());
        }
        self.directory.sweep(&kept);
        // The engine does not delete what its reader had open when it last looked. While nobody writes, nothing else is
        // in use than what is kept.
        if self.writer.is_none() {
            generation::sweep_segments(&*self.disk, &self.folder, &kept).map_err(|error| {
                let path = self.folder.clone();
                tantivy::directory::error::OpenDirectoryError::wrap_io_error(error, path)
            })?;
        }
        Ok(())
    }
}
