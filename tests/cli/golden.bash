# What the golden tests show: an account whose tables hardly depend on the clock, and the commands that print them.
# Loaded by golden.bats, which compares, and by golden/update.sh, which writes golden/*.txt anew.
# shellcheck shell=bash

# A line a scene: its name, and the words behind taskctl.
golden_scenes() {
	cat <<-'END'
		list list --all
		list_wrapped list --all
		next next
		overdue overdue
		completed completed
		show show 1
		search search garden
		history history
		projects projects
		tags tags
		summary summary
		contexts context list
		reports report list mine
		fields field list
		aliases alias list
		settings config list
		urgency urgency list
	END
}

# golden_fixture: everything that the scenes show. Dates are in the far past and the far future.
golden_fixture() {
	taskctl import -q --from jsonl <<-'END'
		{"uuid":"00000000-0000-4000-8000-000000000001","title":"Call the gardener about the hedge between the two gardens","status":"pending","project":"home.garden","tags":["outside","shop"],"priority":"H","due":"2010-03-01T17:00:00Z","created":"2000-01-01T00:00:00Z","modified":"2000-01-02T00:00:00Z","note":"A note of several lines, of which this one is long enough to be broken somewhere.\n\nhttps://example.com/an/address/that/is/never/torn/apart\n","annotations":[{"at":"2001-02-03T04:05:00Z","text":"He said that he would call back, and never did."}]}
		{"uuid":"00000000-0000-4000-8000-000000000002","title":"Buy three roses for the garden","status":"pending","project":"home.garden","tags":["shop"],"due":"2090-06-01T10:00:00Z","created":"2000-01-01T00:00:00Z"}
		{"uuid":"00000000-0000-4000-8000-000000000003","title":"漢字の長い題名がここにあります","status":"pending","project":"work","priority":"M","created":"2000-01-01T00:00:00Z"}
		{"uuid":"00000000-0000-4000-8000-000000000004","title":"שלום עולם, a title that is written both ways","status":"pending","project":"קוד","tags":["מהר"],"created":"2000-01-01T00:00:00Z"}
		{"uuid":"00000000-0000-4000-8000-000000000005","title":"👩‍👩‍👧 family dinner, é and e\u0301","status":"pending","priority":"L","wait":"2089-01-01T00:00:00Z","created":"2000-01-01T00:00:00Z"}
		{"uuid":"00000000-0000-4000-8000-000000000006","title":"Write the report that nobody reads","status":"completed","project":"work.reports","completed":"2009-09-09T09:09:00Z","created":"2000-01-01T00:00:00Z"}
		{"uuid":"00000000-0000-4000-8000-000000000007","title":"Paint the fence of the garden","status":"completed","project":"home.garden","completed":"2009-10-09T09:09:00Z","created":"2000-01-01T00:00:00Z"}
	END
	taskctl modify -q 2 depends:3
	taskctl modify -q 3 'A much longer title than before, so that it is cut' pri:H project:work.reports
	taskctl undo -q
	taskctl field define -q cost number --label "What it costs"
	taskctl context set -q work 'project:work or +office' --write 'project:work'
	taskctl context set -q garden 'project:home.garden'
	taskctl report define -q mine +shop --columns id,title,project,due --title "Mine, and nobody else's"
	taskctl alias set -q shop 'list project:home +shop'
	taskctl config set -q style.tag.shop 'bold color208'
	taskctl config set -q style.project.work 'white on blue'
}

# Ages in years, and times of this run, are what the clock changes.
golden_steady() {
	sed -E -e ':age' -e 's/[0-9](N*y($|[[:space:]\x1b]))/N\1/' -e 't age' \
		-e 's/20[2-4][0-9]-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}/YYYY-MM-DD hh:mm/'
}

# golden_render SCENE: its output in every width, locale and colour.
golden_render() {
	local columns locale color words
	read -r -a words <<<"$(golden_scenes | sed -n "s/^$1 //p")"
	[ "$1" != list_wrapped ] || local -x TASKCTL_OVERFLOW=wrap
	for columns in 40 80 200; do
		for locale in C.UTF-8 C; do
			for color in never always; do
				printf '=== %s columns, %s, --color=%s\n' "$columns" "$locale" "$color"
				COLUMNS=$columns LC_ALL=$locale taskctl "${words[@]}" "--color=$color" | golden_steady
			done
		done
	done
}
