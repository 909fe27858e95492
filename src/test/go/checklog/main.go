// Command checklog verifies a log directory with golang.org/x/mod/sumdb/note and tlog alone.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// tiles reads the tiles of c2sp.org/tlog-tiles, whose paths do not name the height.
type tiles string

func (t tiles) Height() int { return height }

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		data, err := load(t.path(tile))
		if errors.Is(err, os.ErrNotExist) && tile.W < 1<<height {
			width := tile.W
			tile.W = 1 << height
			if data, err = load(t.path(tile)); err == nil {
				data = data[:width*tlog.HashSize]
			}
		}
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (t tiles) path(tile tlog.Tile) string {
	return under(string(t), strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
}

type checkpoint struct {
	origin string
	size   int64
	root   tlog.Hash
}

func main() {
	log := os.Args[1]
	known := keys(under(log, "vkey"))
	head := open(read(under(log, "checkpoint")), known)
	hashes := tlog.TileHashReader(tlog.Tree{N: head.size, Hash: head.root}, tiles(log))

	records, kind := entries(log, head.size), "entries"
	if records == nil {
		records, kind = leaves(head.size, hashes), "leaf hashes"
	}
	for i, record := range records {
		proof, err := tlog.ProveRecord(head.size, int64(i), hashes)
		must(err, "tiles, entry %d", i)
		must(tlog.CheckRecord(proof, head.size, head.root, int64(i), record), "entry %d", i)
	}
	receipts, consistencies, earlier := 0, 0, 0
	if len(os.Args) > 2 {
		for _, file := range files(os.Args[2], "receipts/*.tlog-proof") {
			receipt(file, known, records)
			receipts++
		}
		for _, file := range files(os.Args[2], "consistency/*.add-checkpoint") {
			consistency(file, known, os.Args[2])
			consistencies++
		}
		for _, file := range files(os.Args[2], "checkpoints/*") {
			begins(open(read(file), known), head, hashes, file)
			earlier++
		}
	}
	fmt.Printf("%s: %d %s, %d receipts, %d consistency proofs, %d earlier checkpoints\n",
		head.origin, len(records), kind, receipts, consistencies, earlier)
}

// begins proves by the tiles that the tree of an earlier checkpoint is the beginning of the newest one's.
func begins(old, head checkpoint, hashes tlog.HashReader, file string) {
	proof, err := tlog.ProveTree(head.size, old.size, hashes)
	must(err, "%s: tiles", file)
	must(tlog.CheckTree(proof, head.size, head.root, old.size, old.root), "%s", file)
}

// leaves are the hashes of the lowest tiles: what a log shows to everybody.
func leaves(size int64, hashes tlog.HashReader) []tlog.Hash {
	var indexes []int64
	for i := int64(0); i < size; i++ {
		indexes = append(indexes, tlog.StoredHashIndex(0, i))
	}
	records, err := hashes.ReadHashes(indexes)
	must(err, "tiles")
	return records
}

// keys are those that Go's note package knows, Ed25519, and witnesses'; the others are skipped, as their signature lines are.
func keys(file string) note.Verifiers {
	var known []note.Verifier
	for _, line := range strings.Fields(read(file)) {
		if key, err := note.NewVerifier(line); err == nil {
			known = append(known, key)
		} else if witness := newWitness(line); witness != nil {
			known = append(known, witness)
		}
	}
	if len(known) == 0 {
		fail("%s: no Ed25519 key", file)
	}
	return note.VerifierList(known...)
}

// witness is a key of type 4, cosignature/v1 (c2sp.org/tlog-cosignature), which sumdb/note leaves to its callers.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newWitness(line string) *witness {
	parts := strings.SplitN(line, "+", 3)
	if len(parts) != 3 {
		return nil
	}
	typed, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(typed) != 1+ed25519.PublicKeySize || typed[0] != 4 {
		return nil
	}
	id := sha256.Sum256(append([]byte(parts[0]+"\n"), typed...))
	hash := binary.BigEndian.Uint32(id[:4])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil
	}
	return &witness{parts[0], hash, typed[1:]}
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.hash }
func (w *witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(signature)
	return ed25519.Verify(w.key, []byte(fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)), signature[8:])
}

func open(text string, known note.Verifiers) checkpoint {
	opened, err := note.Open([]byte(text), known)
	must(err, "checkpoint")
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || opened.Sigs[0].Name != lines[0] {
		fail("checkpoint: not three lines under the log's own name")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "checkpoint's size")
	root, err := tlog.ParseHash(lines[2])
	must(err, "checkpoint's root")
	return checkpoint{lines[0], size, root}
}

// entries are none where the log does not hand them out to everybody.
func entries(log string, size int64) []tlog.Hash {
	var records []tlog.Hash
	for n := int64(0); n<<height < size; n++ {
		tile := tlog.Tile{H: height, L: 0, N: n, W: 1 << height}
		if rest := size - n<<height; rest < 1<<height {
			tile.W = int(rest)
		}
		data, err := load(under(log, strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)))
		if errors.Is(err, os.ErrNotExist) && n == 0 {
			return nil
		}
		must(err, "entries")
		for len(data) > 0 {
			if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data[:2])) {
				fail("a bundle of entries breaks off")
			}
			length := int(binary.BigEndian.Uint16(data[:2]))
			records = append(records, tlog.RecordHash(data[2:2+length]))
			data = data[2+length:]
		}
	}
	if int64(len(records)) != size {
		fail("%d entries in a tree of %d", len(records), size)
	}
	return records
}

func receipt(file string, known note.Verifiers, records []tlog.Hash) {
	proof, text, found := strings.Cut(read(file), "\n\n")
	lines := strings.Split(proof, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		fail("%s: not a tlog-proof", file)
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	must(err, "%s: index", file)
	head := open(text, known)
	must(tlog.CheckRecord(path(lines[1:]), head.size, head.root, index, records[index]), "%s", file)
}

// consistency reads the body of c2sp.org/tlog-witness, add-checkpoint: old size, proof, new checkpoint.
func consistency(file string, known note.Verifiers, proofs string) {
	proof, text, found := strings.Cut(read(file), "\n\n")
	lines := strings.Split(proof, "\n")
	if !found || !strings.HasPrefix(lines[0], "old ") {
		fail("%s: not an add-checkpoint request", file)
	}
	old := open(read(filepath.Join(proofs, "checkpoints", strings.TrimPrefix(lines[0], "old "))), known)
	head := open(text, known)
	must(tlog.CheckTree(path(lines[1:]), head.size, head.root, old.size, old.root), "%s", file)
}

func path(lines []string) []tlog.Hash {
	var hashes []tlog.Hash
	for _, line := range lines {
		bytes, err := base64.StdEncoding.DecodeString(line)
		must(err, "a hash of a proof")
		var hash tlog.Hash
		if copy(hash[:], bytes) != len(bytes) || len(bytes) != tlog.HashSize {
			fail("a hash of a proof is not of 32 bytes")
		}
		hashes = append(hashes, hash)
	}
	return hashes
}

func files(folder, pattern string) []string {
	found, err := filepath.Glob(filepath.Join(folder, pattern))
	must(err, "%s", pattern)
	return found
}

func read(file string) string {
	data, err := load(file)
	must(err, "file")
	return string(data)
}

func isURL(log string) bool {
	return strings.HasPrefix(log, "http://") || strings.HasPrefix(log, "https://")
}

func under(log, name string) string {
	if isURL(log) {
		return strings.TrimSuffix(log, "/") + "/" + name
	}
	return filepath.Join(log, name)
}

// load reads a file or asks a server; what a server does not give to everybody does not exist.
func load(name string) ([]byte, error) {
	if !isURL(name) {
		return os.ReadFile(name)
	}
	answer, err := http.Get(name)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK:
		return io.ReadAll(io.LimitReader(answer.Body, 32<<20))
	case http.StatusNotFound, http.StatusUnauthorized, http.StatusForbidden:
		return nil, os.ErrNotExist
	}
	return nil, errors.New(name + ": " + answer.Status)
}

func must(err error, format string, args ...any) {
	if err != nil {
		fail("%s: %v", fmt.Sprintf(format, args...), err)
	}
}

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}
