// What pages do beyond what they do without scripts. The build makes one file of this and what it imports.
import { start_autosave } from "./autosave.js";
import { start_live } from "./live.js";
import { start_page } from "./page.js";
import { start_presence } from "./presence.js";
import { start_room } from "./room.js";

start_page();
start_autosave();
start_live();
start_presence();
start_room();
