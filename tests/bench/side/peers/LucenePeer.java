import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.queries.spans.SpanNearQuery;
import org.apache.lucene.queries.spans.SpanQuery;
import org.apache.lucene.queries.spans.SpanTermQuery;
import org.apache.lucene.store.MMapDirectory;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * Lucene as a peer: "index RECORDS FOLDER" makes two indexes of the records, "ask FOLDER" answers questions, a line of JSON each.
 *
 * Its analysis is made to be that of the program: folded words, and beside each its stem where that is another, at the same place. Each index has
 * one writer on one thread and as much memory as the program gives to it; no cache answers a question.
 */
public final class LucenePeer {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("index")) {
            index(Path.of(arguments[1]), Path.of(arguments[2]));
        } else {
            ask(Path.of(arguments[1]));
        }
    }

    private static void index(Path records, Path folder) throws Exception {
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("articles", "quotes")) {
            Thread thread = new Thread(() -> {
                try {
                    indexOne(records.resolve(name + ".jsonl"), folder.resolve(name), name.equals("articles"));
                } catch (IOException failure) {
                    synchronized (failures) {
                        failures.add(failure);
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IOException(failures.get(0));
        }
    }

    private static void indexOne(Path records, Path folder, boolean articles) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new Words());
        config.setRAMBufferSizeMB(articles ? 120 : 40);
        try (IndexWriter writer = new IndexWriter(new MMapDirectory(folder), config);
                BufferedReader lines = Files.newBufferedReader(records)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode record = JSON.readTree(line);
                Document document = new Document();
                document.add(new StringField("id", record.get("id").asText(), Field.Store.NO));
                document.add(new LongField("day", record.get("day").asLong(), Field.Store.NO));
                String outlet = record.get("outlet").asText();
                document.add(new StringField("outlet_exact", outlet, Field.Store.NO));
                document.add(new SortedDocValuesField("outlet_exact", new org.apache.lucene.util.BytesRef(outlet)));
                for (String name : List.of("outlet", "section", "byline", "path", "lang")) {
                    document.add(new TextField(name, record.get(name).asText(), Field.Store.NO));
                }
                if (articles) {
                    document.add(new TextField("title", record.get("title").asText(), Field.Store.NO));
                    document.add(new TextField("body", record.get("text").asText(), Field.Store.NO));
                    record.get("speakers").forEach(name -> document.add(new TextField("speaker", name.asText(), Field.Store.NO)));
                    record.get("quotes").forEach(said -> document.add(new TextField("quotes", said.asText(), Field.Store.NO)));
                } else {
                    document.add(new StringField("article", record.get("article").asText(), Field.Store.NO));
                    for (String name : List.of("words", "speaker", "role", "cue")) {
                        document.add(new TextField(name, record.get(name).asText(), Field.Store.NO));
                    }
                    document.add(new SortedDocValuesField("speaker_exact", new org.apache.lucene.util.BytesRef(record.get("speaker").asText())));
                }
                document.add(new StoredField("facts", line));
                writer.addDocument(document);
            }
            writer.commit();
        }
    }

    private static void ask(Path folder) throws Exception {
        IndexSearcher quotes = open(folder.resolve("quotes"));
        IndexSearcher articles = open(folder.resolve("articles"));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode question = JSON.readTree(line);
            boolean of = question.get("among").asText().equals("quotes");
            long begun = System.nanoTime();
            long count = answer(of ? quotes : articles, of ? "words" : "body", question);
            double taken = (System.nanoTime() - begun) / 1e9;
            System.out.println(count < 0 ? "-" : String.format(java.util.Locale.ROOT, "%d %.9f", count, taken));
        }
    }

    private static IndexSearcher open(Path folder) throws IOException {
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(new MMapDirectory(folder)));
        searcher.setQueryCache(null);
        return searcher;
    }

    private static long answer(IndexSearcher searcher, String field, JsonNode question) throws IOException {
        Query query = query(field, question.get("test"));
        if (query == null) {
            return -1;
        }
        switch (question.get("want").asText()) {
            case "count":
                return searcher.count(query);
            case "facet":
                Outlets outlets = new Outlets();
                searcher.search(query, outlets);
                return outlets.sum();
            case "best":
                return load(searcher, searcher.search(query, 10));
            default:
                int most = question.get("want").asText().equals("newest") ? 10 : Math.max(1, searcher.count(query));
                return load(searcher, searcher.search(query, most, new Sort(LongField.newSortField("day", true, SortedNumericSelector.Type.MIN))));
        }
    }

    private static long load(IndexSearcher searcher, TopDocs found) throws IOException {
        var stored = searcher.storedFields();
        long count = 0;
        for (ScoreDoc hit : found.scoreDocs) {
            count += stored.document(hit.doc).get("facts").isEmpty() ? 0 : 1;
        }
        return count;
    }

    private static Query query(String field, JsonNode test) {
        String kind = test.fieldNames().next();
        JsonNode asked = test.get(kind);
        switch (kind) {
            case "word":
                return word(field, asked.asText());
            case "forms":
                return forms(field, asked.asText());
            case "and":
            case "or":
            case "orforms":
                BooleanQuery.Builder all = new BooleanQuery.Builder();
                asked.forEach(word -> all.add(kind.equals("orforms") ? forms(field, word.asText()) : word(field, word.asText()),
                        kind.equals("and") ? Occur.MUST : Occur.SHOULD));
                return all.build();
            case "phrase":
                PhraseQuery.Builder row = new PhraseQuery.Builder();
                asked.forEach(word -> row.add(new Term(field, word.asText())));
                return row.build();
            case "near":
                SpanQuery[] pair = {new SpanTermQuery(new Term(field, asked.get(0).asText())), new SpanTermQuery(new Term(field, asked.get(1).asText()))};
                return new SpanNearQuery(pair, asked.get(2).asInt() - 1, false);
            case "prefix":
                return new PrefixQuery(new Term(field, asked.asText()), PrefixQuery.SCORING_BOOLEAN_REWRITE);
            case "fuzzy":
                return new FuzzyQuery(new Term(field, asked.asText()), 1, 0, 1024, true);
            case "said":
                return new BooleanQuery.Builder().add(word("speaker", asked.get(0).asText()), Occur.FILTER).add(word(field, asked.get(1).asText()), Occur.MUST).build();
            case "days":
                Query days = LongField.newRangeQuery("day", LocalDate.parse(asked.get(1).asText()).toEpochDay(), LocalDate.parse(asked.get(2).asText()).toEpochDay());
                return new BooleanQuery.Builder().add(days, Occur.FILTER).add(word(field, asked.get(0).asText()), Occur.MUST).build();
            default:
                return null;
        }
    }

    private static Query word(String field, String word) {
        return new TermQuery(new Term(field, word));
    }

    private static Query forms(String field, String word) {
        EnglishStemmer stemmer = new EnglishStemmer();
        stemmer.setCurrent(word);
        stemmer.stem();
        BooleanQuery.Builder any = new BooleanQuery.Builder().add(word(field, word), Occur.SHOULD);
        if (!stemmer.getCurrent().equals(word)) {
            any.add(word(field, stemmer.getCurrent()), Occur.SHOULD);
        }
        return any.add(word(field, "\u0002" + stemmer.getCurrent()), Occur.SHOULD).build();
    }

    /** How many records each outlet has. */
    private static final class Outlets extends SimpleCollector {
        private final java.util.Map<String, Long> counts = new java.util.TreeMap<>();
        private SortedDocValues values;
        private long[] ordinals = {};

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            add();
            values = DocValues.getSorted(context.reader(), "outlet_exact");
            ordinals = new long[values.getValueCount()];
        }

        @Override
        public void collect(int document) throws IOException {
            if (values.advanceExact(document)) {
                ordinals[values.ordValue()]++;
            }
        }

        private void add() throws IOException {
            for (int place = 0; place < ordinals.length; place++) {
                counts.merge(values.lookupOrd(place).utf8ToString(), ordinals[place], Long::sum);
            }
            ordinals = new long[0];
        }

        private long sum() throws IOException {
            add();
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    /** Folded words, with their stems. */
    private static final class Words extends Analyzer {
        Words() {
            super(PER_FIELD_REUSE_STRATEGY);
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            TokenStream folded = new ASCIIFoldingFilter(new LowerCaseFilter(words));
            boolean running = List.of("words", "body", "title", "quotes").contains(field);
            return new TokenStreamComponents(words, running ? new Stems(folded) : folded);
        }
    }

    private static final class Stems extends TokenFilter {
        private final CharTermAttribute text = addAttribute(CharTermAttribute.class);
        private final PositionIncrementAttribute place = addAttribute(PositionIncrementAttribute.class);
        private final EnglishStemmer stemmer = new EnglishStemmer();
        /** Stems that were found before, as the program keeps them: a look is far shorter than the rules. */
        private final java.util.Map<String, String> known = new java.util.HashMap<>();
        private String stem;
        private State word;

        Stems(TokenStream input) {
            super(input);
        }

        @Override
        public boolean incrementToken() throws IOException {
            if (word != null) {
                restoreState(word);
                word = null;
                text.setEmpty().append('\u0002').append(stem);
                place.setPositionIncrement(0);
                return true;
            }
            if (!input.incrementToken()) {
                return false;
            }
            if (known.size() > 32_768) {
                known.clear();
            }
            String plain = text.toString();
            stem = known.computeIfAbsent(plain, this::stem);
            if (!stem.equals(plain)) {
                word = captureState();
            }
            return true;
        }

        private String stem(String plain) {
            stemmer.setCurrent(plain);
            stemmer.stem();
            return stemmer.getCurrent();
        }

        @Override
        public void reset() throws IOException {
            super.reset();
            word = null;
        }
    }
}
